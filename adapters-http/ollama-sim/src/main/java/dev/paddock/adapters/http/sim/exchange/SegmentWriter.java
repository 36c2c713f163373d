package dev.paddock.adapters.http.sim.exchange;

import dev.paddock.adapters.http.sim.fault.Fault;
import dev.paddock.adapters.http.sim.fault.TcpClose;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelOption;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The sending side of one exchange: bytes go out in exactly the segments they are given in. */
public final class SegmentWriter {
    private final Channel channel;
    private final SimulatedExchange exchange;
    private final Fault.@Nullable SlowDrip drip;

    SegmentWriter(Channel channel, SimulatedExchange exchange) {
        this.channel = channel;
        this.exchange = exchange;
        this.drip = exchange.faults().find(Fault.SlowDrip.class).orElse(null);
    }

    /** Sends one segment, or one for each byte when a fault demands it. */
    public void send(byte[] bytes) {
        if (drip == null) {
            write(bytes);
            return;
        }
        for (byte single : bytes) {
            exchange.pause(drip.perByte());
            write(new byte[] {single});
        }
    }

    /** Waits while the client reads more slowly than the server writes. */
    private void write(byte[] bytes) {
        exchange.requireClientConnected();
        if (!channel.isActive()) {
            throw new ConnectionEndedException(true);
        }
        ChannelFuture written = channel.writeAndFlush(Unpooled.wrappedBuffer(bytes));
        if (channel.isWritable()) {
            return;
        }
        CompletableFuture<Boolean> outcome = new CompletableFuture<>();
        ChannelFuture unused = written.addListener(future -> outcome.complete(future.isSuccess()));
        if (!outcome.join()) {
            throw new ConnectionEndedException(true);
        }
    }

    /** Closes the connection after everything sent so far has been handed to the network. */
    public void close(TcpClose kind) {
        ChannelFuture unused = channel.writeAndFlush(Unpooled.EMPTY_BUFFER)
            .addListener((ChannelFutureListener) future -> closeNow(kind));
    }

    private void closeNow(TcpClose kind) {
        if (kind == TcpClose.RESET && channel.isOpen()) {
            boolean unused = channel.config().setOption(ChannelOption.SO_LINGER, 0);
        }
        ChannelFuture unused = channel.close();
    }

    /** Closes the connection as a fault demands, and ends the handling of the request. */
    public void abort(TcpClose kind) {
        close(kind);
        throw new ConnectionEndedException(false);
    }
}
