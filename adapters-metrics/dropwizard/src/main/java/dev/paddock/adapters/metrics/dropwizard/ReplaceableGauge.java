package dev.paddock.adapters.metrics.dropwizard;

import com.codahale.metrics.Gauge;
import java.util.function.DoubleSupplier;

/**
 * A gauge whose source can be replaced while it stays in the registry. NaN means unknown. Thread-safe, never throws.
 */
final class ReplaceableGauge implements Gauge<Double> {

    private volatile DoubleSupplier source = () -> Double.NaN;

    void replace(DoubleSupplier newSource) {
        source = newSource;
    }

    /** Returns the number, NaN if the source throws. */
    @Override
    public Double getValue() {
        try {
            return source.getAsDouble();
        } catch (RuntimeException failure) {
            return Double.NaN; // a page of all metrics must not fail because of one
        }
    }
}
