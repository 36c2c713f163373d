package dev.paddock.domain.metrics;

/** What is measured of retries, circuits and permits. */
public final class ResilienceMetrics {

    /** What was decided after an attempt that failed or was refused, by operation and reason. */
    public static final Metric RETRIES = Metric.of(
            "paddock.retries", "decisions", "Decisions whether to try again, by reason.", "operation", "reason");

    /** What a circuit does with calls: 0 passes them (closed), 1 tries one at a time (half open), 2 refuses them (open). */
    public static final Metric CIRCUIT_STATE = Metric.of(
            "paddock.circuit.state", "state", "0 closed, 1 half open, 2 open.", "backend");

    /** Changes of a circuit, by the state it changed to. */
    public static final Metric CIRCUIT_TRANSITIONS = Metric.of(
            "paddock.circuit.transitions", "transitions", "Changes of a circuit to a state.", "backend", "state");

    /**
     * How many models of a server have a circuit that is open or half open. The names are in
     * {@code Circuit}: names of models come from callers and would be labels without bound.
     */
    public static final Metric MODEL_CIRCUITS_OPEN = Metric.of(
            "paddock.circuit.models.open", "models", "Models whose circuit is not closed.", "backend");

    /** Changes of the circuits of all models of a server together, by the state changed to. */
    public static final Metric MODEL_CIRCUIT_TRANSITIONS = Metric.of(
            "paddock.circuit.models.transitions",
            "transitions",
            "Changes of the circuits of models to a state.",
            "backend",
            "state");

    /**
     * Attempts that were refused here and not sent, by reason ({@code circuit_open}, {@code model_circuit_open} or
     * {@code calls_at_once}).
     */
    public static final Metric REFUSED = Metric.of(
            "paddock.attempts.refused", "attempts", "Attempts refused here and not sent.", "backend", "reason");

    /** Calls to a server that are in progress, their answers included. */
    public static final Metric CALLS_AT_ONCE = Metric.of(
            "paddock.backend.calls", "calls", "Calls to a server that are in progress.", "backend");

    private ResilienceMetrics() {}
}
