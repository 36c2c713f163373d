package dev.paddock.adapters.http.answercache.embedding;

import dev.paddock.domain.metrics.Metric;
import dev.paddock.ports.metrics.MetricsPort;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.DoubleSupplier;

/** Adds up what is counted. */
final class RecordedMetrics implements MetricsPort {

    private final Map<Metric.Series, Long> sums = new ConcurrentHashMap<>();

    /** Returns the sum over all series of a metric. */
    long sum(Metric metric) {
        return sums.entrySet().stream().filter(sum -> sum.getKey().metric().equals(metric)).mapToLong(Map.Entry::getValue).sum();
    }

    @Override
    public void count(Metric.Series series, long amount) {
        sums.merge(series, amount, Long::sum);
    }

    @Override
    public void adjust(Metric.Series series, long change) {
        sums.merge(series, change, Long::sum);
    }

    @Override
    public void duration(Metric.Series series, Duration duration) {}

    @Override
    public void gauge(Metric.Series series, DoubleSupplier source) {}
}
