package dev.paddock.ports.exchange.decorator;

import dev.paddock.domain.metrics.Metric;
import dev.paddock.domain.metrics.Metric.Series;
import dev.paddock.ports.metrics.MetricsPort;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.DoubleSupplier;

/** Remembers every measurement as it was taken. */
public final class RecordingMetrics implements MetricsPort {

    private final Map<Series, List<Long>> counts = new ConcurrentHashMap<>();
    private final Map<Series, List<Duration>> durations = new ConcurrentHashMap<>();
    private final Map<Series, DoubleSupplier> gauges = new ConcurrentHashMap<>();
    private final Map<Series, Long> levels = new ConcurrentHashMap<>();

    /** Creates an empty record. */
    public RecordingMetrics() {}

    @Override
    public void count(Series series, long amount) {
        append(counts, series, amount);
    }

    @Override
    public void duration(Series series, Duration duration) {
        append(durations, series, duration);
    }

    @Override
    public void gauge(Series series, DoubleSupplier source) {
        gauges.put(series, source);
    }

    @Override
    public void adjust(Series series, long change) {
        levels.merge(series, change, Long::sum);
    }

    /** Returns the number that was changed, null when it never was. */
    public Long level(Series series) {
        return levels.get(series);
    }

    /** Returns the amounts that were counted, by series, in order. */
    public Map<Series, List<Long>> counts() {
        return counts;
    }

    /** Returns the durations of a series in order; empty when there are none. */
    public List<Duration> durations(Series series) {
        return durations.getOrDefault(series, List.of());
    }

    /** Returns the durations of a metric whatever its labels. */
    public long numberOfDurations(Metric metric) {
        return durations.entrySet().stream()
                .filter(entry -> entry.getKey().metric().equals(metric))
                .mapToLong(entry -> entry.getValue().size())
                .sum();
    }

    /** Returns the number that a gauge shows now. */
    public double gauge(Series series) {
        return gauges.get(series).getAsDouble();
    }

    private static <T> void append(Map<Series, List<T>> target, Series series, T value) {
        target.compute(series, (key, before) -> {
            List<T> values = before == null ? new ArrayList<>() : before;
            values.add(value);
            return values;
        });
    }
}
