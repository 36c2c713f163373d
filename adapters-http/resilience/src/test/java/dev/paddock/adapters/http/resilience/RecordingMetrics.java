package dev.paddock.adapters.http.resilience;

import dev.paddock.domain.metrics.Metric;
import dev.paddock.domain.metrics.ResilienceMetrics;
import dev.paddock.ports.metrics.MetricsPort;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.DoubleSupplier;
import java.util.stream.Stream;

/** Remembers what was counted. */
final class RecordingMetrics implements MetricsPort {

    private final Map<Metric.Series, Long> counts = new ConcurrentHashMap<>();
    private final Map<Metric.Series, DoubleSupplier> gauges = new ConcurrentHashMap<>();

    @Override
    public void count(Metric.Series series, long amount) {
        counts.merge(series, amount, Long::sum);
    }

    @Override
    public void duration(Metric.Series series, Duration duration) {}

    @Override
    public void gauge(Metric.Series series, DoubleSupplier source) {
        gauges.put(series, source);
    }

    @Override
    public void adjust(Metric.Series series, long change) {
        throw new AssertionError("nothing here goes up and down");
    }

    long count(Metric.Series series) {
        return counts.getOrDefault(series, 0L);
    }

    double gauge(Metric.Series series) {
        return gauges.get(series).getAsDouble();
    }

    /** Returns every label value that was ever counted or shown. */
    List<String> labels() {
        return Stream.concat(counts.keySet().stream(), gauges.keySet().stream())
                .flatMap(series -> series.values().stream())
                .toList();
    }

    /** Returns the decisions about retries by reason, whatever the operation. */
    Map<String, Long> decisions() {
        Map<String, Long> decisions = new TreeMap<>();
        counts.forEach((series, count) -> {
            if (series.metric().equals(ResilienceMetrics.RETRIES)) {
                decisions.merge(series.values().get(1), count, Long::sum);
            }
        });
        return decisions;
    }
}
