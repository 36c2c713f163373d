package dev.paddock.adapters.http.server.engine;

import io.netty.channel.ChannelOption;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.nio.NioChannelOption;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import jdk.net.ExtendedSocketOptions;

/**
 * The sockets of a server on one kind of event loops. Immutable.
 *
 * @param handlers what the event loops wait with
 * @param listener the listening socket
 * @param probeAfter the option of the seconds until a silent connection is probed
 * @param probeInterval the option of the seconds between two probes
 * @param probes the option of the number of probes without an answer that end a connection
 */
record ServerSockets(
        IoHandlerFactory handlers,
        Class<? extends ServerSocketChannel> listener,
        ChannelOption<Integer> probeAfter,
        ChannelOption<Integer> probeInterval,
        ChannelOption<Integer> probes) {

    /** Returns those of Java. */
    static ServerSockets nio() {
        return new ServerSockets(
                NioIoHandler.newFactory(),
                NioServerSocketChannel.class,
                NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPIDLE),
                NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPINTERVAL),
                NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPCOUNT));
    }
}
