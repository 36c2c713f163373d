package dev.paddock.adapters.http.sim;

import dev.paddock.adapters.http.sim.fault.TcpClose;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelOption;
import java.util.concurrent.CompletableFuture;

/** The sending side of one connection: bytes go out in exactly the segments they are given in. */
final class SegmentWriter {
    private final Channel channel;

    SegmentWriter(Channel channel) {
        this.channel = channel;
    }

    /** Sends one segment, and waits while the client reads more slowly than the server writes. */
    void send(byte[] bytes) {
        if (!channel.isActive()) {
            throw new ClientDisconnectedException();
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
            throw new ClientDisconnectedException();
        }
    }

    /** Ends the connection after everything sent so far has been handed to the network. */
    void end(TcpClose ending) {
        ChannelFuture unused = channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(
            (ChannelFutureListener) future -> close(ending));
    }

    private void close(TcpClose ending) {
        if (ending == TcpClose.RESET && channel.isOpen()) {
            boolean unused = channel.config().setOption(ChannelOption.SO_LINGER, 0);
        }
        ChannelFuture unused = channel.close();
    }
}
