package dev.paddock.ports.metrics;

import dev.paddock.domain.metrics.Metric;
import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * Takes measurements. Implementations are thread-safe, never block and never throw: a call must not fail because it was
 * counted.
 */
public interface MetricsPort {

    /** Adds to a counter; the amount is zero or more. */
    void count(Metric.Series series, long amount);

    /** Records how long something took, zero or more. */
    void duration(Metric.Series series, Duration duration);

    /**
     * Registers a number that is read on demand. Registering a series again replaces its source. A number only grows if the name of its
     * metric ends in {@code .total}; formats may show it as a counter.
     *
     * @param source thread-safe and quick; NaN means that the number is not known now
     */
    void gauge(Metric.Series series, DoubleSupplier source);

    /**
     * Changes a number that goes up and down, which begins with zero and is shown like a gauge. Changes of the same
     * series add up. A series is either changed or has a source, not both.
     *
     * @param change what is added; negative takes away
     */
    void adjust(Metric.Series series, long change);

    /** Returns a port that gives each measurement to this one and to another one. */
    default MetricsPort and(MetricsPort other) {
        return new BothMetrics(this, other);
    }

    /** Returns a port that forgets everything. */
    static MetricsPort noOp() {
        return NoOpMetrics.INSTANCE;
    }
}
