package dev.paddock.adapters.http.server.engine;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;

/** The two ways to end a connection. */
final class ChannelCloser {

    private ChannelCloser() {}

    /**
     * Tells the client that nothing more comes, and leaves the other direction open: closing it while the client
     * still sends would reset the connection, and the client would lose what it has not read (RFC 9112, section 9.6).
     */
    static void shutdownOutput(Channel channel) {
        SslHandler tls = channel.pipeline().get(SslHandler.class);
        if (tls == null) {
            shutDown(channel);
            return;
        }
        ChannelFuture unused = tls.closeOutbound().addListener(told -> shutDown(channel));
    }

    private static void shutDown(Channel channel) {
        ChannelFuture unused = ((DuplexChannel) channel).shutdownOutput().addListener(done -> {
            if (!done.isSuccess()) {
                ChannelFuture unusedClosed = channel.close();
            }
        });
    }

    /** Ends the connection so that the client learns of a failure. */
    static void reset(Channel channel) {
        if (channel.isActive()) {
            boolean unused = channel.config().setOption(ChannelOption.SO_LINGER, 0);
        }
        ChannelFuture unusedClosed = channel.close();
    }
}
