package dev.paddock.adapters.http.resilience;

import dev.paddock.domain.exchange.Cancellation;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Does something later. */
@FunctionalInterface
interface Scheduler {

    /**
     * Does something after the given time, unless the registration is closed before.
     *
     * @param action must not block and must not throw
     */
    Cancellation.Registration schedule(Duration time, Runnable action);

    /** Really does it, in the timer thread that the JDK keeps for such things; a closed registration leaves nothing there. */
    static Cancellation.Registration system(Duration time, Runnable action) {
        CompletableFuture<Boolean> passed = new CompletableFuture<>();
        CompletableFuture<Void> done = passed.thenRun(action);
        CompletableFuture<Boolean> timer = passed.completeOnTimeout(true, time.toNanos(), TimeUnit.NANOSECONDS);
        return () -> {
            done.cancel(false);
            timer.cancel(false);
        };
    }
}
