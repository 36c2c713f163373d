package dev.paddock.domain.metrics;

/** What is measured of texts that are embedded together, and of stored vectors. */
public final class BatchMetrics {

    /** Requests for texts that were sent, by why they had no more texts and by the class of their number of texts. */
    public static final Metric REQUESTS = Metric.of(
            "paddock.batch.requests", "requests", "Requests to embed texts, by what ended their collection and by their size.", "end", "size");

    /** Texts in those requests. */
    public static final Metric TEXTS = Metric.of("paddock.batch.texts", "texts", "Texts that were sent to be embedded.");

    /** Calls that wait for the request in progress. */
    public static final Metric WAITING =
            Metric.of("paddock.batch.waiting", "calls", "Calls that wait for the request in progress.");

    /** How long calls that waited for the request in progress waited until they had their vectors. */
    public static final Metric WAIT =
            Metric.of("paddock.batch.wait", "seconds", "Wait of a collected call until it had its vectors.");

    /** Requests that were refused and sent again in halves. */
    public static final Metric SPLITS =
            Metric.of("paddock.batch.splits", "requests", "Requests that failed and were sent again in halves.");

    /** Texts whose vector was doubtful, so that they were sent alone. */
    public static final Metric RESENT =
            Metric.of("paddock.batch.resent", "texts", "Texts with a doubtful vector, which were sent again alone.");

    /** Texts whose callers left before they were sent. */
    public static final Metric DISCARDED =
            Metric.of("paddock.batch.discarded", "texts", "Texts whose callers left before they were sent.");

    /** Texts that were looked up among the stored vectors: hit, miss, or a duplicate within its request. */
    public static final Metric LOOKUPS =
            Metric.of("paddock.batch.lookups", "texts", "Texts that were looked up among the stored vectors.", "result");

    /** Bytes of stored vectors in memory. */
    public static final Metric BYTES = Metric.of("paddock.batch.bytes", "bytes", "Bytes of stored vectors in memory.");

    private BatchMetrics() {}
}
