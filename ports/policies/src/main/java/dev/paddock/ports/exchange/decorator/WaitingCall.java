package dev.paddock.ports.exchange.decorator;

import static java.util.Objects.requireNonNull;

import dev.paddock.ports.admission.ThreadWaitPort;
import java.util.concurrent.atomic.AtomicReference;
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

    private final ThreadWaitPort wait;
    private final AtomicReference<@Nullable Outcome> outcome = new AtomicReference<>();
    private AdmittedCall.@Nullable Start start; // set before the outcome

    /** Creates the wait of the present thread. */
    WaitingCall(ThreadWaitPort wait) {
        this.wait = wait;
    }

    /**
     * Waits for the outcome for the given time; returns null if there is none then. An interrupt of the thread counts as a cancellation, and
     * stays set.
     */
    @Nullable Outcome awaitOutcome(long nanos) {
        return wait.await(nanos) ? outcome.get() : Outcome.CANCELLED;
    }

    /** Returns the outcome of a wait that has ended. */
    Outcome outcome() {
        return requireNonNull(outcome.get(), "the wait has not ended");
    }

    /** Ends the wait; returns false when it has ended before. */
    boolean end(Outcome newOutcome) {
        boolean isFirst = outcome.compareAndSet(null, newOutcome);
        if (isFirst) {
            wait.end();
        }
        return isFirst;
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
