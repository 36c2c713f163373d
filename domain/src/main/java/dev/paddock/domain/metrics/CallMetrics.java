package dev.paddock.domain.metrics;

/** What is measured of calls. Durations are of the call as its caller sees it, retries included. */
public final class CallMetrics {

    /** Calls that ended, by operation and outcome ({@code ok} or the kind of the error). */
    public static final Metric REQUESTS =
            Metric.of("paddock.requests", "requests", "Calls that ended.", "operation", "outcome");

    /** Calls that failed, by operation and kind of error. */
    public static final Metric ERRORS =
            Metric.of("paddock.errors", "errors", "Calls that failed.", "operation", "kind");

    /** Calls in progress. */
    public static final Metric IN_FLIGHT =
            Metric.of("paddock.requests.in.flight", "requests", "Calls in progress.");

    /** Time from the start of a call to its end, whatever the end. */
    public static final Metric DURATION =
            Metric.of("paddock.request.duration", "seconds", "Time from the start of a call to its end.", "operation");

    /** Time from the start of a call to its first frame: for a stream the wait before the first token. */
    public static final Metric TIME_TO_FIRST_CHUNK = Metric.of(
            "paddock.request.first.chunk",
            "seconds",
            "Time from the start of a call to the first frame of its answer.",
            "operation");

    /** Tokens as the server counted them, by operation and direction ({@code prompt} or {@code completion}). */
    public static final Metric TOKENS = Metric.of(
            "paddock.tokens", "tokens", "Tokens as the server counted them.", "operation", "direction");

    private CallMetrics() {}
}
