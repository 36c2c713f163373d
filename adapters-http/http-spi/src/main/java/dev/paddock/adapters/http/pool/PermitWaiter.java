package dev.paddock.adapters.http.pool;

import dev.paddock.domain.exchange.Cancellation;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A call that waits for a permit: it gets exactly one outcome, whichever comes first. Thread-safe. */
final class PermitWaiter {

    /** Stands for a call that does not wait because the pool may overflow. */
    static final PermitWaiter OVERFLOWING = new PermitWaiter();

    /** What a waiter waited for. */
    enum Outcome {
        GRANTED,
        CANCELLED,
        TIMED_OUT
    }

    private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();

    /** Grants the permit; false when the waiter already has another outcome. */
    boolean grant() {
        return outcome.complete(Outcome.GRANTED);
    }

    /** Waits in the calling thread. An interrupt of that thread counts as a cancellation and stays set. */
    Outcome await(Cancellation cancellation, Duration limit) {
        Cancellation.Registration registration = cancellation.onCancel(() -> settle(Outcome.CANCELLED));
        try {
            return outcome.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException late) {
            return settle(Outcome.TIMED_OUT);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return settle(Outcome.CANCELLED);
        } catch (ExecutionException impossible) {
            throw new IllegalStateException("a permit is never completed exceptionally", impossible);
        } finally {
            registration.close();
        }
    }

    /** Returns the outcome: the given one, unless there was another before it. */
    private Outcome settle(Outcome candidate) {
        outcome.complete(candidate);
        return outcome.join();
    }
}
