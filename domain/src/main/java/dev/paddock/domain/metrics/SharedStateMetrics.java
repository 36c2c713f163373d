package dev.paddock.domain.metrics;

/** What is measured of the state that several processes share. */
public final class SharedStateMetrics {

    /** 1 for the present state of the store, 0 for the others: {@code available}, {@code read_only} or {@code unavailable}. */
    public static final Metric STATE =
            Metric.of("paddock.shared.state", "stores", "1 for the present state of the store, 0 for the others.", "state");

    /**
     * Operations on the store, by operation and outcome: {@code ok}, {@code timeout}, {@code refused} (the store answered with an error),
     * {@code failed} (the connection broke) or {@code skipped} (the store was not used).
     */
    public static final Metric OPERATIONS =
            Metric.of("paddock.shared.state.operations", "operations", "Operations on the store, by outcome.", "operation", "outcome");

    /** Time of an operation on the store, up to its limit, by operation. */
    public static final Metric DURATION =
            Metric.of("paddock.shared.state.duration", "seconds", "Time of an operation on the store.", "operation");

    /**
     * Answers in the store, by what happened: {@code hit}, {@code miss}, {@code stored}, {@code too_large}, or {@code dropped} (the store
     * did not take it, or not quickly enough).
     */
    public static final Metric ANSWERS =
            Metric.of("paddock.shared.state.answers", "answers", "Answers in the store, by what happened.", "event");

    /**
     * Calls with leases, by what they did: {@code led} asked the server, {@code served} got the answer that another process had asked for,
     * {@code alone} asked the server because that process had none.
     */
    public static final Metric LEASES =
            Metric.of("paddock.shared.state.leases", "calls", "Calls with leases, by what they did.", "role");

    /** Processes that share rate limits, as far as this one knows. */
    public static final Metric MEMBERS = Metric.of("paddock.shared.state.members", "processes", "Processes that share rate limits.");

    private SharedStateMetrics() {}
}
