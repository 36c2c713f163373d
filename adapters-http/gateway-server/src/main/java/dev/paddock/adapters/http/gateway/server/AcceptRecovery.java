package dev.paddock.adapters.http.gateway.server;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.concurrent.TimeUnit;

/**
 * What the listening socket does when it cannot accept, usually because the process has no file descriptor left: it rests for a
 * moment, shorter than the second for which Netty rests, and tries again.
 */
final class AcceptRecovery extends ChannelInboundHandlerAdapter {

    private static final System.Logger LOGGER = System.getLogger(AcceptRecovery.class.getName());
    private static final long PAUSE_MILLIS = 100;
    private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(10);

    private long loggedAt = System.nanoTime() - QUIET_NANOS;

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (!(cause instanceof IOException)) {
            var unused = context.fireExceptionCaught(cause);
            return;
        }
        long now = System.nanoTime();
        if (now - loggedAt >= QUIET_NANOS) {
            loggedAt = now;
            LOGGER.log(Level.WARNING, "cannot accept connections: {0}", cause.getMessage());
        }
        var unused = context.channel().config().setAutoRead(false);
        var unusedTimer = context.executor().schedule(
                () -> context.channel().config().setAutoRead(true), PAUSE_MILLIS, TimeUnit.MILLISECONDS);
    }
}
