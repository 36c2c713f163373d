package dev.paddock.ports.exchange.decorator;

import dev.paddock.domain.metrics.Metric;
import dev.paddock.ports.metrics.MetricsPort;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.DoubleSupplier;

/** Metrics that a test reads. */
final class AdmissionFigures implements MetricsPort {

    private final Map<Metric.Series, Long> counts = new ConcurrentHashMap<>();
    private final Map<Metric.Series, DoubleSupplier> gauges = new ConcurrentHashMap<>();

    long counted(Metric.Series series) {
        return counts.getOrDefault(series, 0L);
    }

    double gauge(Metric.Series series) {
        return gauges.get(series).getAsDouble();
    }

    @Override
    public void count(Metric.Series series, long amount) {
        counts.merge(series, amount, Long::sum);
    }

    @Override
    public void duration(Metric.Series series, Duration duration) {
        counts.merge(series, 1L, Long::sum);
    }

    @Override
    public void gauge(Metric.Series series, DoubleSupplier source) {
        gauges.put(series, source);
    }

    @Override
    public void adjust(Metric.Series series, long change) {}
}
