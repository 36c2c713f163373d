package dev.paddock.adapters.http.netty;

import dev.paddock.adapters.http.spi.TransportRequest;
import dev.paddock.adapters.http.spi.support.ConnectionLifecycle.Reservation;
import dev.paddock.adapters.http.spi.support.TransportState;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoEventLoop;
import io.netty.channel.nio.NioIoHandler;
import java.util.Iterator;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.jspecify.annotations.Nullable;

/** The idle connections of one transport, and the event loops of new ones. Thread-safe. */
final class ConnectionPool {

    private final TransportState state;
    private final EventLoopGroup loops;
    private final ConcurrentLinkedDeque<NettyConnection> idle = new ConcurrentLinkedDeque<>(); // the one used last comes first

    ConnectionPool(TransportState state, EventLoopGroup loops) {
        this.state = state;
        this.loops = loops;
    }

    /**
     * Returns an idle connection for a request, or null if there is none: one on the event loop of the request, or else the one that was
     * used last. Opening another instead would exceed the limit of the pool above, which counts calls.
     */
    @Nullable NettyConnection reserve(TransportRequest request) {
        EventLoop wanted = eventLoop(request);
        if (wanted != null) {
            for (Iterator<NettyConnection> each = idle.iterator(); each.hasNext(); ) {
                NettyConnection connection = each.next();
                if (connection.eventLoop().equals(wanted) && idle.remove(connection) && isReserved(connection)) {
                    return connection;
                }
            }
        }
        for (NettyConnection each = idle.poll(); each != null; each = idle.poll()) {
            if (isReserved(each)) {
                return each;
            }
        }
        return null;
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
        return new NettyConnection(state, this, wanted == null ? loops.next() : wanted);
    }

    /** Keeps a connection that has become idle. */
    void keep(NettyConnection connection) {
        idle.addFirst(connection);
        if (connection.lifecycle().isClosed()) {
            forget(connection);
        }
    }

    /** Forgets a connection that was closed. */
    void forget(NettyConnection connection) {
        boolean unused = idle.remove(connection);
    }

    private static @Nullable EventLoop eventLoop(TransportRequest request) {
        return request.eventLoop() instanceof IoEventLoop loop && loop.isIoType(NioIoHandler.class) && !loop.isShuttingDown()
                ? loop
                : null;
    }
}
