package dev.paddock.adapters.http.answercache;

import dev.paddock.domain.exchange.Operation;
import dev.paddock.domain.metrics.Metric;
import dev.paddock.domain.metrics.Metric.Series;
import dev.paddock.domain.metrics.ReuseMetrics;
import dev.paddock.domain.reuse.BypassReason;
import dev.paddock.domain.reuse.CacheReport;
import dev.paddock.domain.reuse.StoredAnswer;
import dev.paddock.ports.metrics.MetricsPort;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Counts what the cache does, for its operator and in the metrics. Thread-safe. */
final class CacheCounts {

    static final String READ = "read";
    static final String WRITE = "write";
    private static final String PROMPT = "prompt";
    private static final String COMPLETION = "completion";

    private static final Map<Operation, Series> HITS = byOperation(ReuseMetrics.HITS);
    private static final Map<Operation, Series> MISSES = byOperation(ReuseMetrics.MISSES);
    private static final Map<Operation, Series> SAVED_TIME = byOperation(ReuseMetrics.SAVED_TIME);
    private static final Map<Operation, Series> SAVED_PROMPT = byOperation(ReuseMetrics.SAVED_TOKENS, PROMPT);
    private static final Map<Operation, Series> SAVED_COMPLETION = byOperation(ReuseMetrics.SAVED_TOKENS, COMPLETION);

    private final MetricsPort metrics;
    private final LongAdder hits = new LongAdder();
    private final LongAdder misses = new LongAdder();
    private final LongAdder stored = new LongAdder();
    private final LongAdder savedNanos = new LongAdder();
    private final LongAdder savedPromptTokens = new LongAdder();
    private final LongAdder savedCompletionTokens = new LongAdder();
    private final Map<BypassReason, LongAdder> bypasses = new EnumMap<>(BypassReason.class); // filled by the constructor only

    CacheCounts(MetricsPort metrics) {
        this.metrics = metrics;
        for (BypassReason reason : BypassReason.values()) {
            bypasses.put(reason, new LongAdder());
            metrics.count(ReuseMetrics.BYPASSES.with(reason.label()), 0);
        }
        for (Operation operation : new Operation[] {Operation.CHAT, Operation.GENERATE, Operation.EMBED}) {
            metrics.count(ReuseMetrics.HITS.with(operation.label()), 0);
            metrics.count(ReuseMetrics.MISSES.with(operation.label()), 0);
            metrics.count(ReuseMetrics.SAVED_TOKENS.with(operation.label(), PROMPT), 0);
            metrics.count(ReuseMetrics.SAVED_TOKENS.with(operation.label(), COMPLETION), 0);
        }
        metrics.count(ReuseMetrics.STORE_FAILURES.with(READ), 0);
        metrics.count(ReuseMetrics.STORE_FAILURES.with(WRITE), 0);
    }

    void hit(Operation operation, StoredAnswer answer) {
        hits.increment();
        metrics.count(of(HITS, operation), 1);
        saved(operation, answer);
    }

    /** Counts what the server did not have to do. */
    void saved(Operation operation, StoredAnswer answer) {
        savedNanos.add(answer.took().toNanos());
        metrics.duration(of(SAVED_TIME, operation), answer.took());
        saved(of(SAVED_PROMPT, operation), answer.usage().prompt(), savedPromptTokens);
        saved(of(SAVED_COMPLETION, operation), answer.usage().completion(), savedCompletionTokens);
    }

    private void saved(Series series, @Nullable Integer tokens, LongAdder sum) {
        if (tokens != null && tokens > 0) {
            sum.add(tokens);
            metrics.count(series, tokens);
        }
    }

    void miss(Operation operation) {
        misses.increment();
        metrics.count(of(MISSES, operation), 1);
    }

    void bypass(BypassReason reason) {
        Objects.requireNonNull(bypasses.get(reason)).increment();
        metrics.count(ReuseMetrics.BYPASSES.with(reason.label()), 1);
    }

    void stored() {
        stored.increment();
    }

    void storeFailed(String action) {
        metrics.count(ReuseMetrics.STORE_FAILURES.with(action), 1);
    }

    /** The series are made once: each call counts in some of them. */
    private static Map<Operation, Series> byOperation(Metric metric, String... more) {
        Map<Operation, Series> series = new EnumMap<>(Operation.class); // filled here only
        for (Operation operation : Operation.values()) {
            series.put(operation, new Series(metric, Stream.concat(Stream.of(operation.label()), Stream.of(more)).toList()));
        }
        return series;
    }

    private static Series of(Map<Operation, Series> series, Operation operation) {
        return Objects.requireNonNull(series.get(operation));
    }

    CacheReport report(long entries, long bytes, long evictions, long expirations) {
        Map<BypassReason, Long> counted = new EnumMap<>(BypassReason.class);
        bypasses.forEach((reason, count) -> {
            if (count.sum() > 0) {
                counted.put(reason, count.sum());
            }
        });
        return new CacheReport(
                hits.sum(),
                misses.sum(),
                counted,
                stored.sum(),
                evictions,
                expirations,
                entries,
                bytes,
                Duration.ofNanos(savedNanos.sum()),
                savedPromptTokens.sum(),
                savedCompletionTokens.sum());
    }
}
