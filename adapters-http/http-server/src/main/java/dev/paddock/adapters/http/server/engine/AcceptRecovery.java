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
 * Recovery of the listening socket when it cannot accept, usually because the process has no file descriptor left. It pauses for
 * 100 ms, not for the second that Netty would, and tries again.
 */
final class AcceptRecovery extends ChannelInboundHandlerAdapter {

    private static final System.Logger LOGGER = System.getLogger(AcceptRecovery.class.getName());
    private static final long PAUSE_MILLIS = 100;
    private static final long LOG_INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(10);

    private long loggedAt = System.nanoTime() - LOG_INTERVAL_NANOS;
    private int failures;
    private String reason = "";

    AcceptRecovery() {
        // Log records contain the time, and the JVM reads the time zone data from a file on first use. Without a file descriptor that
        // fails permanently, and every thread that logs later ends with an error. So the data is read here.
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
        if (failures > 0 && now - loggedAt >= LOG_INTERVAL_NANOS) {
            loggedAt = now;
            String message = "accepts connections again, after failing " + failures + " times: " + reason;
            failures = 0;
            var unusedThread = Thread.startVirtualThread(() -> LOGGER.log(Level.WARNING, message)); // logging may fail once more
        }
    }
}
