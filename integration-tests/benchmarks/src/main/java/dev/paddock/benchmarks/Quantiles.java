package dev.paddock.benchmarks;

import java.util.stream.DoubleStream;

/** Quantiles of several figures. */
public final class Quantiles {

    private Quantiles() {}

    /** Returns the median of at least one figure. */
    public static double median(DoubleStream figures) {
        return of(figures.toArray(), 0.5);
    }

    /** Returns a quantile, 0 to 1, of at least one figure, interpolated between the two closest ones. */
    public static double of(double[] figures, double quantile) {
        double[] sorted = DoubleStream.of(figures).sorted().toArray();
        double place = quantile * (sorted.length - 1);
        int below = (int) place;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }
}
