package dev.paddock.adapters.http.server.engine;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * What the listening socket does when it cannot accept, usually because the process has no file descriptor left: it
 * rests for a moment, shorter than the second for which Netty rests, and tries again.
 */
final class AcceptRecovery extends ChannelInboundHandlerAdapter {

    private static final System.Logger LOGGER = System.getLogger(AcceptRecovery.class.getName());
    private static final long PAUSE_MILLIS = 100;
    private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(10);

    private long loggedAt = System.nanoTime() - QUIET_NANOS;
    private int failures;
    private String reason = "";

    AcceptRecovery() {
        // What logs writes the time, for which the JVM reads the data of the time zone from a file when it first needs
        // them. Without a descriptor that fails, and it fails for good: whatever thread logs later ends with an error.
        String unused = String.format(Locale.ROOT, "%tc", ZonedDateTime.now(ZoneId.systemDefault()));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (!(cause instanceof IOException)) {
            var unused = context.fireExceptionCaught(cause);
            return;
        }
        failures++;
        reason = String.valueOf(cause.getMessage());
        var unused = context.channel().config().setAutoRead(false);
        var unusedTimer = context.executor().schedule(
                () -> context.channel().config().setAutoRead(true), PAUSE_MILLIS, TimeUnit.MILLISECONDS);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object connection) {
        var unused = context.fireChannelRead(connection);
        long now = System.nanoTime();
        if (failures > 0 && now - loggedAt >= QUIET_NANOS) {
            loggedAt = now;
            String message = "accepts connections again, after failing " + failures + " times: " + reason;
            failures = 0;
            var unusedThread = Thread.startVirtualThread(() -> LOGGER.log(Level.WARNING, message)); // may fail once more
        }
    }
}
