package dev.paddock.adapters.http.server.engine;

import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;

/**
 * Netty's native library for Linux, epoll, which an application adds to its class path. Nothing of it is loaded before the method of this
 * class is called.
 */
final class NativeTransport {

    private NativeTransport() {}

    /**
     * Returns the sockets of the library.
     *
     * @throws IllegalStateException if it cannot be used
     */
    static ServerSockets sockets() {
        try {
            Epoll.ensureAvailability();
        } catch (LinkageError absent) {
            throw new IllegalStateException("Netty's epoll is not on the class path, or cannot be loaded here", absent);
        }
        return new ServerSockets(
                EpollIoHandler.newFactory(),
                EpollServerSocketChannel.class,
                EpollChannelOption.TCP_KEEPIDLE,
                EpollChannelOption.TCP_KEEPINTVL,
                EpollChannelOption.TCP_KEEPCNT);
    }
}
