package dev.paddock.adapters.http.resilience;

import java.util.concurrent.atomic.AtomicBoolean;

/** An attempt that was admitted: it tells the circuit what came of it and gives its permit back, once. Thread-safe. */
final class GuardedCall {

    private final CircuitPermit circuitPermit;
    private final CallPermits permits;
    private final AtomicBoolean ended = new AtomicBoolean();

    GuardedCall(CircuitPermit circuitPermit, CallPermits permits) {
        this.circuitPermit = circuitPermit;
        this.permits = permits;
    }

    /** Tells what is known of the attempt, which may go on. */
    void record(AttemptOutcome outcome) {
        circuitPermit.record(outcome);
    }

    /** Gives the permit back: nothing more comes. */
    void end() {
        if (ended.compareAndSet(false, true)) {
            permits.giveBack();
        }
    }

    /** Tells how the attempt ended; what was told before stands. */
    void end(AttemptOutcome outcome) {
        record(outcome);
        end();
    }
}
