package dev.paddock.adapters.http.resilience;

import org.jspecify.annotations.Nullable;

/** The circuit's leave for one attempt. All its fields are guarded by the lock of the circuit. */
final class CircuitPermit {

    private final EpochCircuitBreaker circuit;
    private final int epoch;
    private @Nullable AttemptOutcome recorded;

    CircuitPermit(EpochCircuitBreaker circuit, int epoch) {
        this.circuit = circuit;
        this.epoch = epoch;
    }

    /** Tells the circuit what came of the attempt. Only a success may be followed by another outcome, a failure. */
    void record(AttemptOutcome outcome) {
        circuit.record(this, outcome);
    }

    /** Returns the time between two changes of the circuit in which the attempt began. */
    int epoch() {
        return epoch;
    }

    boolean isFirstOutcome() {
        return recorded == null;
    }

    /** Notes an outcome; returns whether it counts. */
    boolean note(AttemptOutcome outcome) {
        boolean counts =
                recorded == null || (recorded == AttemptOutcome.SUCCESS && outcome == AttemptOutcome.FAILURE);
        if (counts) {
            recorded = outcome;
        }
        return counts;
    }
}
