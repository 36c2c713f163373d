package dev.paddock.adapters.metrics;

import com.codahale.metrics.Gauge;
import java.util.function.DoubleSupplier;

/**
 * A gauge whose source can be replaced without leaving the registry. NaN means not known. Thread-safe, never throws.
 */
final class ReplaceableGauge implements Gauge<Double> {

    private volatile DoubleSupplier source = () -> Double.NaN;

    void replace(DoubleSupplier newSource) {
        source = newSource;
    }

    /** Returns the number; a source that throws does not know. */
    @Override
    public Double getValue() {
        try {
            return source.getAsDouble();
        } catch (RuntimeException failure) {
            return Double.NaN; // who looks at all metrics must not lose them for one
        }
    }
}
