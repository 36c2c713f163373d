package dev.paddock.adapters.http.sim;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelOption;
import java.util.concurrent.CompletableFuture;

/** The sending side of one connection: bytes go out in exactly the segments they are given in. */
final class Wire {
    private final Channel channel;

    Wire(Channel channel) {
        this.channel = channel;
    }

    /** Sends one segment, and waits while the client reads more slowly than the server writes. */
    void send(byte[] bytes) {
        if (!channel.isActive()) {
            throw new ClientGoneException();
        }
        ChannelFuture written = channel.writeAndFlush(Unpooled.wrappedBuffer(bytes));
        if (!channel.isWritable()) {
            awaitWritten(written);
        }
    }

    private static void awaitWritten(ChannelFuture written) {
        CompletableFuture<Boolean> outcome = new CompletableFuture<>();
        ChannelFuture unused = written.addListener(
            (ChannelFutureListener) future -> outcome.complete(future.isSuccess()));
        if (!outcome.join()) {
            throw new ClientGoneException();
        }
    }

    /** Ends the connection after everything sent so far has been handed to the network. */
    void end(Ending ending) {
        ChannelFuture unused = channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(
            (ChannelFutureListener) future -> close(ending));
    }

    private void close(Ending ending) {
        if (ending == Ending.RESET && channel.isOpen()) {
            boolean unused = channel.config().setOption(ChannelOption.SO_LINGER, 0);
        }
        ChannelFuture unused = channel.close();
    }
}
