package dev.paddock.domain.metrics;

/** What is measured of a semantic cache. */
public final class SemanticCacheMetrics {

    /**
     * Questions that were looked up, by result: {@code served}; {@code explored} (similar, but without evidence); {@code shadow} (similar, in
     * that mode); {@code none} (not similar to any); {@code failed} (without a vector); {@code late} (the vector came too late); {@code skipped}
     * (of a kind that is not compared, or with too much to do).
     */
    public static final Metric LOOKUPS =
            Metric.of("paddock.semantic.cache.lookups", "questions", "Questions that the semantic cache looked up, by result.", "result");

    /** Pairs of similar questions that a guard refused, by difference. */
    public static final Metric REFUSED =
            Metric.of("paddock.semantic.cache.refused", "pairs", "Pairs of similar questions that a guard refused.", "difference");

    /**
     * Stored answers that were compared with that of the model, by occasion ({@code audit} of a served answer; {@code explored}; {@code shadow}) and
     * result ({@code same}, {@code different}, or {@code undecided} when they could not be compared).
     */
    public static final Metric COMPARED = Metric.of(
            "paddock.semantic.cache.compared", "answers", "Stored answers compared with that of the model.", "occasion", "result");

    /** Fraction of wrong answers among the newest served ones that were audited: the estimate, and the ends of its 95 % interval. */
    public static final Metric FALSE_HITS = Metric.of(
            "paddock.semantic.cache.false.hits", "ratio", "Fraction of wrong answers among the audited ones, with its 95 % interval.", "end");

    /** Whether similar questions are served: 1 for yes, 0 in shadow mode. */
    public static final Metric SERVING =
            Metric.of("paddock.semantic.cache.serving", "state", "Whether similar questions are served (1) or only compared (0).");

    /** Answers that were reported as wrong and removed. */
    public static final Metric REPORTED =
            Metric.of("paddock.semantic.cache.reported", "answers", "Answers reported as wrong and removed.");

    /** Answers that can serve similar questions. */
    public static final Metric ENTRIES =
            Metric.of("paddock.semantic.cache.entries", "answers", "Answers that can serve similar questions.");

    /** About how much memory vectors and questions need. */
    public static final Metric BYTES =
            Metric.of("paddock.semantic.cache.bytes", "bytes", "Memory of the vectors and questions of the semantic cache.");

    private SemanticCacheMetrics() {}
}
