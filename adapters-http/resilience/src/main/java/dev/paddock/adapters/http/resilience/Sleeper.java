package dev.paddock.adapters.http.resilience;

import dev.paddock.domain.exchange.Cancellation;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Waits before a retry. */
@FunctionalInterface
interface Sleeper {

    /** Waits for the given time or until the call is cancelled; returns whether the time has passed. */
    boolean sleep(Duration time, Cancellation cancellation);

    /** Really waits. An interrupt of the waiting thread counts as a cancellation and stays set. */
    static boolean system(Duration time, Cancellation cancellation) {
        CountDownLatch cancelled = new CountDownLatch(1);
        Cancellation.Registration registration = cancellation.onCancel(cancelled::countDown);
        try {
            return !cancelled.await(time.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            registration.close();
        }
    }
}
