package dev.paddock.domain.metrics;

/**
 * The buckets in which durations are counted, the same for every metric and wherever it is shown, so that they can be added up over several
 * processes. They reach from a call over a pooled connection (below a millisecond) to a long answer of a model that had to be loaded first
 * (minutes).
 */
public final class DurationBuckets {

    private static final double[] UPPER_BOUNDS_SECONDS = {
        0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600
    };

    private DurationBuckets() {}

    /** Returns the inclusive upper bounds in seconds, ascending; longer durations are in one more bucket. */
    public static double[] upperBoundsSeconds() {
        return UPPER_BOUNDS_SECONDS.clone();
    }
}
