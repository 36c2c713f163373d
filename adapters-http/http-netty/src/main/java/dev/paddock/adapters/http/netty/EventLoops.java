package dev.paddock.adapters.http.netty;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The event loops of one kind that the open transports of one factory share. They start with the first of these transports and end with
 * the last one. Thread-safe.
 */
final class EventLoops {

    private static final int MOST_LOOPS = 2;
    private static final long QUIET_MILLIS = 100; // for a thread that was just going to open a connection
    private static final long STOP_MILLIS = 5_000;

    private final SocketKind sockets;
    private @Nullable EventLoopGroup group;
    private int users;

    EventLoops(SocketKind sockets) {
        this.sockets = sockets;
    }

    /** Returns the sockets that live on them. */
    SocketKind sockets() {
        return sockets;
    }

    /** Returns the running event loops, to be {@linkplain #release released} once. */
    synchronized EventLoopGroup acquire() {
        EventLoopGroup running = group;
        if (running == null) {
            int processors = Runtime.getRuntime().availableProcessors();
            running = new MultiThreadIoEventLoopGroup(
                    Math.clamp(processors / 2, 1, MOST_LOOPS),
                    new DefaultThreadFactory("paddock-netty", true),
                    sockets.handlers());
            group = running;
        }
        users++;
        return running;
    }

    /** Ends one use; the threads end soon after the last one. */
    synchronized void release() {
        users--;
        EventLoopGroup running = group;
        if (users == 0 && running != null) {
            group = null;
            var unused = running.shutdownGracefully(QUIET_MILLIS, STOP_MILLIS, TimeUnit.MILLISECONDS);
        }
    }
}
