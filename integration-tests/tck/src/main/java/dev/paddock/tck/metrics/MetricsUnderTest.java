package dev.paddock.tck.metrics;

import dev.paddock.domain.metrics.Metric;
import dev.paddock.domain.metrics.Metric.Series;
import dev.paddock.ports.metrics.MetricsPort;
import dev.paddock.ports.pool.PoolPort;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An adapter for measurements with a library of its own, and what this library shows to its readers. Reading is done by the test's thread
 * only.
 */
public interface MetricsUnderTest extends AutoCloseable {

    /** Returns the port under test. */
    MetricsPort port();

    /** Returns the number that is shown of a counter, a gauge or a changed number, or null when none is shown or it is not known. */
    @Nullable Double number(Series series);

    /** Returns what is shown of the durations of a series, or null when nothing is. */
    @Nullable ShownDurations durations(Series series);

    /** Returns how many series of a metric are shown. */
    int seriesOf(Metric metric);

    /** Shows the figures of a pool from now on, until the result is closed. */
    ShownPool show(PoolPort pool);

    /** Shuts the library down; measurements may still be taken then, and are lost. */
    @Override
    void close();

    /** A pool that is shown until this is closed. */
    @FunctionalInterface
    interface ShownPool extends AutoCloseable {

        @Override
        void close();
    }

    /**
     * The durations of a series.
     *
     * @param count how many there were
     * @param sumSeconds their sum
     * @param buckets how many were in each of the buckets of {@link dev.paddock.domain.metrics.DurationBuckets}, not cumulative; the last
     *     one is that of longer durations
     */
    record ShownDurations(long count, double sumSeconds, List<Long> buckets) {

        public ShownDurations {
            buckets = List.copyOf(buckets);
        }
    }
}
