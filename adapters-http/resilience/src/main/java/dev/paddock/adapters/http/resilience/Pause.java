package dev.paddock.adapters.http.resilience;

import dev.paddock.domain.exchange.Cancellation;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Waits before a retry. */
@FunctionalInterface
interface Pause {

    /** Waits for the given time or until the call is cancelled; returns whether the time has passed. */
    boolean await(Duration time, Cancellation cancellation);

    /** Really waits. An interrupt does not end the wait and stays set: only the cancellation does. */
    static boolean real(Duration time, Cancellation cancellation) {
        CompletableFuture<Boolean> passed = new CompletableFuture<>();
        Cancellation.Registration registration = cancellation.onCancel(() -> passed.complete(false));
        try {
            return passed.completeOnTimeout(true, time.toNanos(), TimeUnit.NANOSECONDS).join();
        } finally {
            registration.close();
        }
    }
}
