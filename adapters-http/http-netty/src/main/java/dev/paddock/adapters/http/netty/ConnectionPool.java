package dev.paddock.adapters.http.netty;

import dev.paddock.adapters.http.spi.TransportRequest;
import dev.paddock.adapters.http.spi.support.ConnectionLifecycle.Reservation;
import dev.paddock.adapters.http.spi.support.TransportState;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoEventLoop;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** The connections of one transport that can take a call, and the event loops of new ones. Thread-safe. */
final class ConnectionPool {

    private final TransportState state;
    private final EventLoopGroup loops;
    private final SocketKind sockets;
    private final boolean http2;
    private final List<NettyConnection> shared = new CopyOnWriteArrayList<>(); // over HTTP/2, in use or not
    private final ConcurrentLinkedDeque<NettyConnection> idle = new ConcurrentLinkedDeque<>(); // the one used last comes first

    ConnectionPool(TransportState state, EventLoopGroup loops, SocketKind sockets, boolean http2) {
        this.state = state;
        this.loops = loops;
        this.sockets = sockets;
        this.http2 = http2;
    }

    /**
     * Returns a connection for a request, or null if none can take it: one on the event loop of the request, or else the one that was
     * used last. Opening another instead would exceed the limit of the pool above, which counts calls.
     */
    @Nullable NettyConnection reserve(TransportRequest request) {
        EventLoop wanted = eventLoop(request);
        NettyConnection inUse = shared(wanted);
        if (inUse != null) {
            return inUse;
        }
        NettyConnection near = wanted == null ? null : idleOn(wanted);
        if (near != null) {
            return near;
        }
        for (NettyConnection each = idle.poll(); each != null; each = idle.poll()) {
            if (isReserved(each)) {
                return each;
            }
        }
        return null;
    }

    private @Nullable NettyConnection idleOn(EventLoop wanted) {
        for (Iterator<NettyConnection> each = idle.iterator(); each.hasNext(); ) {
            NettyConnection connection = each.next();
            if (connection.eventLoop().equals(wanted) && idle.remove(connection) && isReserved(connection)) {
                return connection;
            }
        }
        return null;
    }

    private @Nullable NettyConnection shared(@Nullable EventLoop wanted) {
        NettyConnection any = null;
        for (NettyConnection each : shared) {
            if (each.eventLoop().equals(wanted)) {
                return each;
            }
            any = any == null ? each : any;
        }
        return any;
    }

    private static boolean isReserved(NettyConnection connection) {
        boolean reserved = connection.lifecycle().reserve(() -> !connection.isActive()) == Reservation.RESERVED;
        if (!reserved) {
            connection.close();
        }
        return reserved;
    }

    /** Returns a connection that is still to be opened. */
    NettyConnection create(TransportRequest request) {
        EventLoop wanted = eventLoop(request);
        return new NettyConnection(state, this, wanted == null ? loops.next() : wanted, sockets, http2);
    }

    /** Lets further calls use a connection while others do. */
    void share(NettyConnection connection) {
        if (!shared.contains(connection)) {
            shared.add(connection);
        }
        if (!connection.isShareable()) {
            forget(connection);
        }
    }

    /** Keeps a connection that has become idle. */
    void keep(NettyConnection connection) {
        idle.addFirst(connection);
        if (connection.lifecycle().isClosed()) {
            forget(connection);
        }
    }

    /** Forgets a connection that takes no further call. */
    void forget(NettyConnection connection) {
        boolean unusedShared = shared.remove(connection);
        boolean unused = idle.remove(connection);
    }

    /** Returns whether the current thread is the event loop of a request. */
    boolean isEventLoopOf(TransportRequest request) {
        EventLoop loop = eventLoop(request);
        return loop != null && loop.inEventLoop();
    }

    private @Nullable EventLoop eventLoop(TransportRequest request) {
        return request.eventLoop() instanceof IoEventLoop loop && sockets.fits(loop) && !loop.isShuttingDown()
                ? loop
                : null;
    }
}
