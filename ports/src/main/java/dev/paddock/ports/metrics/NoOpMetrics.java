package dev.paddock.ports.metrics;

import dev.paddock.domain.metrics.Metric;
import java.time.Duration;
import java.util.function.DoubleSupplier;

/** Forgets every measurement. */
enum NoOpMetrics implements MetricsPort {
    INSTANCE;

    @Override
    public void count(Metric.Series series, long amount) {}

    @Override
    public void duration(Metric.Series series, Duration duration) {}

    @Override
    public void gauge(Metric.Series series, DoubleSupplier source) {}

    @Override
    public void adjust(Metric.Series series, long change) {}
}
