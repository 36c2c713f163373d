package dev.paddock.domain.metrics;

/** What is measured of answers that serve several requests. */
public final class ReuseMetrics {

    /** Calls that joined an equal call in progress, by operation. */
    public static final Metric JOINED =
            Metric.of("paddock.single.flight.joined", "calls", "Calls that joined an equal call in progress.", "operation");

    /** Shared answers that failed before their first frame, so that one of the other callers asked again. */
    public static final Metric LEADER_FAILED = Metric.of(
            "paddock.single.flight.leader.failed", "calls", "Shared calls that failed early, so that another caller asked again.", "operation");

    /** Readers that were too slow for the buffer of a shared answer. */
    public static final Metric READERS_LOST = Metric.of(
            "paddock.single.flight.readers.lost", "readers", "Readers that were too slow for the buffer of a shared answer.", "operation");

    /** Bytes of shared answers in memory. */
    public static final Metric BYTES_HELD =
            Metric.of("paddock.single.flight.bytes", "bytes", "Bytes of shared answers in memory.");

    private ReuseMetrics() {}
}
