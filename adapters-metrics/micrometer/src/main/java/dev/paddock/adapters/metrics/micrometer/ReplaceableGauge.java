package dev.paddock.adapters.metrics.micrometer;

import java.util.function.DoubleSupplier;

/** A number whose source can be replaced. NaN means unknown. Thread-safe, never throws. */
final class ReplaceableGauge {

    private volatile DoubleSupplier source = () -> Double.NaN;

    void replace(DoubleSupplier newSource) {
        source = newSource;
    }

    /** Returns the number, NaN if the source throws. */
    double value() {
        try {
            return source.getAsDouble();
        } catch (RuntimeException failure) {
            return Double.NaN; // one of them must not hide the others
        }
    }
}
