package dev.paddock.adapters.http.server.engine;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;

/** The ways to end a connection. Used by the thread of the connection. */
final class ConnectionEnd {

    private final Channel channel;

    ConnectionEnd(Channel channel) {
        this.channel = channel;
    }

    /** Closes this side, with a closure alert in TLS. The client can still send. */
    void closeOutput() {
        SslHandler tls = channel.pipeline().get(SslHandler.class);
        if (tls == null) {
            shutdownOutput();
        } else {
            ChannelFuture unused = tls.closeOutbound().addListener(notified -> shutdownOutput());
        }
    }

    /** Closes both sides in an orderly way. */
    void close() {
        var unused = channel.close();
    }

    /** Closes both sides so that the client sees a failure. */
    void reset() {
        if (channel.isActive()) {
            boolean unused = channel.config().setOption(ChannelOption.SO_LINGER, 0);
        }
        close();
    }

    private void shutdownOutput() {
        ChannelFuture unused = ((DuplexChannel) channel).shutdownOutput().addListener(done -> {
            if (!done.isSuccess()) {
                close();
            }
        });
    }
}
