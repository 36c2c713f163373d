package dev.paddock.adapters.http.resilience;

import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** An attempt that was admitted: it tells the circuits what came of it and gives its permits back, once. Thread-safe. */
final class GuardedCall {

    private final Hold server;
    private final @Nullable Hold model;
    private final AtomicBoolean ended = new AtomicBoolean();

    GuardedCall(Hold server, @Nullable Hold model) {
        this.server = server;
        this.model = model;
    }

    /** Tells what is known of the attempt, which may go on. */
    void record(AttemptFinding finding) {
        server.permit().record(finding.ofServer());
        if (model != null) {
            model.permit().record(finding.ofModel());
        }
    }

    /** Gives the permits back: nothing more comes. */
    void end() {
        if (ended.compareAndSet(false, true)) {
            server.calls().giveBack();
            if (model != null) {
                model.calls().giveBack();
            }
        }
    }

    /** Tells how the attempt ended; what was told before stands. */
    void end(AttemptFinding finding) {
        record(finding);
        end();
    }

    /**
     * What an attempt holds of one circuit.
     *
     * @param permit the leave of the circuit
     * @param calls where the attempt is counted
     */
    record Hold(CircuitPermit permit, CallPermits calls) {}
}
