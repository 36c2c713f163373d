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

    /** Requests that were answered from the cache, by operation. */
    public static final Metric HITS = Metric.of("paddock.cache.hits", "requests", "Requests answered from the cache.", "operation");

    /** Requests that were not answered from the cache although their answers can be stored, by operation. */
    public static final Metric MISSES =
            Metric.of("paddock.cache.misses", "requests", "Requests that the cache had no answer for.", "operation");

    /** Requests that the cache does not serve, by reason. */
    public static final Metric BYPASSES =
            Metric.of("paddock.cache.bypasses", "requests", "Requests that the cache does not serve, by reason.", "reason");

    /** Answers that left the cache, by cause ({@code size} or {@code expired}). */
    public static final Metric EVICTIONS =
            Metric.of("paddock.cache.evictions", "answers", "Answers dropped from the cache, by cause.", "cause");

    /** Failures of the store of the cache, by action ({@code read} or {@code write}); a request is then a miss, or is not stored. */
    public static final Metric STORE_FAILURES =
            Metric.of("paddock.cache.store.failures", "failures", "Failures of the store of the cache.", "action");

    /** About how much memory the stored answers need. */
    public static final Metric CACHE_BYTES = Metric.of("paddock.cache.bytes", "bytes", "Memory of the stored answers.");

    /** Stored answers. */
    public static final Metric CACHE_ENTRIES = Metric.of("paddock.cache.entries", "answers", "Stored answers.");

    /** How long the server needed for an answer that was used again, once for each time, by operation. */
    public static final Metric SAVED_TIME = Metric.of(
            "paddock.cache.saved.time", "seconds", "Time that the server needed for an answer that was used again.", "operation");

    /** Tokens of answers that were used again, as the server counted them, by operation and direction. */
    public static final Metric SAVED_TOKENS =
            Metric.of("paddock.cache.saved.tokens", "tokens", "Tokens of answers that were used again.", "operation", "direction");

    private ReuseMetrics() {}
}
