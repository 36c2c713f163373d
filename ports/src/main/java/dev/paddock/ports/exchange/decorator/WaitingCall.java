package dev.paddock.ports.exchange.decorator;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** The wait of a call for its admission. Thread-safe. */
final class WaitingCall {

    /** How a wait ends. */
    enum Outcome {
        /** The call has a slot. */
        ADMITTED,
        /** The call was not admitted in time. */
        EXPIRED,
        /** The caller has left. */
        CANCELLED,
        /** The client was closed. */
        CLOSED
    }

    private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    private AdmittedCall.@Nullable Start start; // set before the outcome

    /**
     * Waits for the outcome for the given time; returns null if there is none then. An interrupt of the thread counts as a cancellation, and
     * stays set.
     */
    @Nullable Outcome awaitOutcome(long nanos) {
        try {
            return outcome.get(nanos, TimeUnit.NANOSECONDS);
        } catch (TimeoutException none) {
            return null;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return Outcome.CANCELLED;
        } catch (ExecutionException impossible) {
            throw new IllegalStateException("a wait is never completed exceptionally", impossible);
        }
    }

    /** Returns the outcome of a wait that has ended. */
    Outcome outcome() {
        return outcome.join();
    }

    /** Ends the wait; returns false when it has ended before. */
    boolean end(Outcome newOutcome) {
        return outcome.complete(newOutcome);
    }

    /** Admits the call; returns false when its wait has ended otherwise. */
    boolean admit(AdmittedCall.Start newStart) {
        start = newStart;
        return end(Outcome.ADMITTED);
    }

    /** Returns the start of the call once it is admitted. */
    AdmittedCall.@Nullable Start start() {
        return start;
    }
}
