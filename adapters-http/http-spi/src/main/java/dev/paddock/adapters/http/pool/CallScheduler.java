package dev.paddock.adapters.http.pool;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The one timer of the process: runs short actions later, such as cancelling a call that is out of time. Its only thread is a
 * daemon and goes away when there is nothing to do. Thread-safe.
 */
public final class CallScheduler {

    private final ScheduledThreadPoolExecutor executor;

    CallScheduler() {
        executor = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().name("paddock-timer").daemon().factory());
        executor.setRemoveOnCancelPolicy(true);
        executor.setKeepAliveTime(1, TimeUnit.SECONDS);
        executor.allowCoreThreadTimeOut(true);
    }

    /**
     * Runs an action once, after the given delay; at once when the pool is closed.
     *
     * @param action must not block; what it throws is lost
     * @return cancelled when the action is no longer wanted
     */
    public Future<?> after(Duration delay, Runnable action) {
        try {
            return executor.schedule(action, delay.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException closed) {
            action.run();
            return CompletableFuture.completedFuture(null);
        }
    }

    /** Runs an action again and again; a failure of one run does not stop the next. */
    Future<?> every(Duration period, Runnable action) {
        Runnable supervised = () -> {
            try {
                action.run();
            } catch (RuntimeException failure) {
                // A pool that could not be tidied up now is tidied up the next time; there is nobody to tell.
            }
        };
        return executor.scheduleWithFixedDelay(
                supervised, period.toNanos(), period.toNanos(), TimeUnit.NANOSECONDS);
    }

    void stop() {
        executor.shutdownNow();
    }
}
