package dev.paddock.adapters.http.answercache;

import dev.paddock.domain.metrics.SemanticCacheMetrics;
import dev.paddock.domain.reuse.semantic.ErrorRate;
import dev.paddock.domain.reuse.semantic.QuestionDifference;
import dev.paddock.ports.metrics.MetricsPort;
import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/** Counts what a semantic cache does, for its operator and in the metrics. Thread-safe. */
final class SemanticCounts {

    /** Served answers by which the rate of wrong ones is judged: old ones must not hide that it has changed. */
    private static final int NEWEST = 1000;

    private final MetricsPort metrics;
    private final Map<Lookup, LongAdder> lookups = new EnumMap<>(Lookup.class); // filled by the constructor only, as the next one
    private final Map<QuestionDifference, LongAdder> refused = new EnumMap<>(QuestionDifference.class);
    private final LongAdder reported = new LongAdder();
    private final Lock lock = new ReentrantLock();
    private final Queue<Boolean> audits = new ArrayDeque<>(); // whether each of the newest was wrong; this and all below are guarded by lock
    private long wrongAudits;
    private long compared;
    private long wrong;

    SemanticCounts(MetricsPort metrics) {
        this.metrics = metrics;
        for (Lookup result : Lookup.values()) {
            lookups.put(result, new LongAdder());
            metrics.count(SemanticCacheMetrics.LOOKUPS.with(result.label()), 0);
        }
        for (QuestionDifference difference : QuestionDifference.values()) {
            refused.put(difference, new LongAdder());
            metrics.count(SemanticCacheMetrics.REFUSED.with(difference.label()), 0);
        }
        for (Occasion occasion : Occasion.values()) {
            for (Comparison result : Comparison.values()) {
                metrics.count(SemanticCacheMetrics.COMPARED.with(occasion.label(), result.label()), 0);
            }
        }
        metrics.count(SemanticCacheMetrics.REPORTED.with(), 0);
        metrics.gauge(SemanticCacheMetrics.FALSE_HITS.with("estimate"), () -> falseHits().fraction());
        metrics.gauge(SemanticCacheMetrics.FALSE_HITS.with("low"), () -> falseHits().low());
        metrics.gauge(SemanticCacheMetrics.FALSE_HITS.with("high"), () -> falseHits().high());
    }

    void lookup(Lookup result) {
        increment(lookups, result);
        metrics.count(SemanticCacheMetrics.LOOKUPS.with(result.label()), 1);
    }

    void refused(QuestionDifference difference) {
        increment(refused, difference);
        metrics.count(SemanticCacheMetrics.REFUSED.with(difference.label()), 1);
    }

    void reported() {
        reported.increment();
        metrics.count(SemanticCacheMetrics.REPORTED.with(), 1);
    }

    void compared(Occasion occasion, Comparison result) {
        metrics.count(SemanticCacheMetrics.COMPARED.with(occasion.label(), result.label()), 1);
        if (result == Comparison.UNDECIDED) {
            return;
        }
        boolean isWrong = result == Comparison.DIFFERENT;
        lock.lock();
        try {
            compared++;
            wrong += isWrong ? 1 : 0;
            if (occasion == Occasion.AUDIT) {
                audits.add(isWrong);
                wrongAudits += isWrong ? 1 : 0;
                if (audits.size() > NEWEST) {
                    wrongAudits -= audits.remove() ? 1 : 0;
                }
            }
        } finally {
            lock.unlock();
        }
    }

    void forgetAudits() {
        lock.lock();
        try {
            audits.clear();
            wrongAudits = 0;
        } finally {
            lock.unlock();
        }
    }

    ErrorRate falseHits() {
        lock.lock();
        try {
            return new ErrorRate(wrongAudits, audits.size());
        } finally {
            lock.unlock();
        }
    }

    ErrorRate falseCandidates() {
        lock.lock();
        try {
            return new ErrorRate(wrong, compared);
        } finally {
            lock.unlock();
        }
    }

    long count(Lookup result) {
        LongAdder count = lookups.get(result);
        return count == null ? 0 : count.sum();
    }

    long reports() {
        return reported.sum();
    }

    Map<QuestionDifference, Long> refusals() {
        Map<QuestionDifference, Long> counted = new EnumMap<>(QuestionDifference.class);
        refused.forEach((difference, count) -> {
            if (count.sum() > 0) {
                counted.put(difference, count.sum());
            }
        });
        return counted;
    }

    private static <K> void increment(Map<K, LongAdder> counts, K key) {
        counts.computeIfAbsent(key, first -> new LongAdder()).increment();
    }

    /** The result of a lookup. */
    enum Lookup {
        SERVED,
        EXPLORED,
        SHADOW,
        NONE,
        FAILED,
        LATE,
        SKIPPED;

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Why two answers were compared. */
    enum Occasion {
        AUDIT,
        EXPLORED,
        SHADOW;

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The result of a comparison of two answers. */
    enum Comparison {
        SAME,
        DIFFERENT,
        UNDECIDED;

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
