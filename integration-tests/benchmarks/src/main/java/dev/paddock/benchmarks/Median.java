package dev.paddock.benchmarks;

import java.util.stream.DoubleStream;

/** The middle of several figures, which what happens to one of them does not move. */
public final class Median {

    private Median() {}

    /** Returns the median of at least one figure; of an even number, the middle between the two in the middle. */
    public static double of(DoubleStream figures) {
        double[] sorted = figures.sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
