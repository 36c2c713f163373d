package dev.paddock.ports.metrics;

import static java.util.Objects.requireNonNull;

import dev.paddock.domain.metrics.Metric;
import java.time.Duration;
import java.util.function.DoubleSupplier;

/** Gives each measurement to two ports. */
record BothMetrics(MetricsPort first, MetricsPort second) implements MetricsPort {

    BothMetrics {
        requireNonNull(first, "first");
        requireNonNull(second, "second");
    }

    @Override
    public void count(Metric.Series series, long amount) {
        first.count(series, amount);
        second.count(series, amount);
    }

    @Override
    public void duration(Metric.Series series, Duration duration) {
        first.duration(series, duration);
        second.duration(series, duration);
    }

    @Override
    public void gauge(Metric.Series series, DoubleSupplier source) {
        first.gauge(series, source);
        second.gauge(series, source);
    }

    @Override
    public void adjust(Metric.Series series, long change) {
        first.adjust(series, change);
        second.adjust(series, change);
    }
}
