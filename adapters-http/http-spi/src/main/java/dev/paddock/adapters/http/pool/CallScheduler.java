package dev.paddock.adapters.http.pool;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The one timer of the process: runs short actions periodically, such as cancelling the calls that are out of time. Its only
 * thread is a daemon, and ends when there is nothing to do. Thread-safe.
 */
final class CallScheduler {

    private final ScheduledThreadPoolExecutor executor;

    CallScheduler() {
        executor = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().name("paddock-timer").daemon().factory());
        executor.setRemoveOnCancelPolicy(true);
        executor.setKeepAliveTime(1, TimeUnit.SECONDS);
        executor.allowCoreThreadTimeOut(true);
    }

    /** Runs an action periodically; a failure of one run, even an error of the JVM, does not stop the next. Does nothing once stopped. */
    Future<?> every(Duration period, Runnable action) {
        Runnable supervised = () -> {
            try {
                action.run();
            } catch (RuntimeException | Error failure) {
                // The next run tries again: without it no call would have a timeout any more.
            }
        };
        try {
            return executor.scheduleWithFixedDelay(
                    supervised, period.toNanos(), period.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException closed) {
            return CompletableFuture.completedFuture(null);
        }
    }

    void stop() {
        executor.shutdownNow();
    }
}
