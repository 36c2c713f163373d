package dev.paddock.domain.metrics;

/** What is measured of the requests that come in at a gateway. Durations are as its clients see them, up to the network. */
public final class GatewayMetrics {

    /**
     * Requests that were let in and have ended, by operation and outcome: {@code ok}, {@code client_gone}, {@code not_found},
     * or the kind of the error. What the gateway answers itself is not among them.
     */
    public static final Metric REQUESTS = Metric.of(
            "paddock.gateway.requests", "requests", "Requests that were let in and have ended.", "operation", "outcome");

    /** Requests with an API key that were let in and have ended, by the name or index of the key: bounded by the keys there were. */
    public static final Metric KEY_REQUESTS = Metric.of(
            "paddock.gateway.key.requests", "requests", "Requests with an API key that were let in and have ended.", "key");

    /** Tokens of answers that were relayed, as the servers counted them, by model and type: {@code input} or {@code output}. */
    public static final Metric TOKENS = Metric.of(
            "paddock.gateway.tokens", "tokens", "Tokens of relayed answers, as the servers counted them.", "model", "type");

    /** Requests that were let in and have not ended. */
    public static final Metric IN_FLIGHT =
            Metric.of("paddock.gateway.in.flight", "requests", "Requests that were let in and have not ended.");

    /** Requests that were not let in, by the rule that they broke, for example {@code host}, {@code key} or {@code rate}. */
    public static final Metric REFUSED =
            Metric.of("paddock.gateway.refused", "requests", "Requests that were not let in.", "reason");

    /** Time from the last byte of the request to the first byte of its answer, which may be that of an error. */
    public static final Metric TIME_TO_FIRST_FRAME = Metric.of(
            "paddock.gateway.first.frame",
            "seconds",
            "Time from the last byte of the request to the first byte of its answer.",
            "operation");

    /** Time from the last byte of the request to the end of its answer, whatever the end. */
    public static final Metric DURATION = Metric.of(
            "paddock.gateway.duration", "seconds", "Time from the last byte of the request to the end of its answer.", "operation");

    /** Lines of the access log that were dropped because the log did not take them as quickly as they came. */
    public static final Metric LOG_DROPPED = Metric.of(
            "paddock.gateway.log.dropped", "lines", "Lines of the access log that were dropped.");

    private GatewayMetrics() {}
}
