package dev.paddock.adapters.metrics.dropwizard;

import com.codahale.metrics.Clock;
import com.codahale.metrics.Reservoir;
import com.codahale.metrics.SlidingTimeWindowArrayReservoir;
import com.codahale.metrics.Snapshot;
import dev.paddock.domain.metrics.DurationBuckets;
import dev.paddock.domain.metrics.DurationSummary;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Durations in two forms: each duration of the last minute, and counts per bucket since the start. Thread-safe.
 *
 * <p>The last minute gives exact quantiles and an exact maximum. The usual exponentially decaying reservoir holds a sample of 1028
 * values: it can miss the maximum, and an idle series shows old figures for ever. The cost is 16 bytes for each duration of the last
 * minute (1 MB at 1000 calls a second), and a lock held while one number is appended or the numbers are copied for a reader.
 *
 * <p>The buckets give figures over any period and over several processes.
 */
final class DurationHistogram implements Reservoir {

    private static final long WINDOW_SECONDS = 60;

    private static final double[] UPPER_BOUNDS_SECONDS = withInfinity(DurationBuckets.upperBoundsSeconds());
    private static final double NANOS_PER_SECOND = 1e9;

    private final Reservoir lastMinute;
    private final LongAdder[] buckets = new LongAdder[UPPER_BOUNDS_SECONDS.length];
    private final DoubleAdder sumSeconds = new DoubleAdder();

    DurationHistogram(Clock clock) {
        this.lastMinute = new SlidingTimeWindowArrayReservoir(WINDOW_SECONDS, TimeUnit.SECONDS, clock);
        Arrays.setAll(buckets, index -> new LongAdder());
    }

    private static double[] withInfinity(double[] bounds) {
        double[] all = Arrays.copyOf(bounds, bounds.length + 1);
        all[bounds.length] = Double.POSITIVE_INFINITY;
        return all;
    }

    /** Returns the inclusive upper bounds of the buckets in seconds, ascending, infinity last. */
    static double[] upperBoundsSeconds() {
        return UPPER_BOUNDS_SECONDS.clone();
    }

    @Override
    public void update(long nanos) {
        double seconds = nanos / NANOS_PER_SECOND;
        int found = Arrays.binarySearch(UPPER_BOUNDS_SECONDS, seconds);
        buckets[found >= 0 ? found : -found - 1].increment();
        sumSeconds.add(seconds);
        lastMinute.update(nanos);
    }

    @Override
    public int size() {
        return lastMinute.size();
    }

    /** Returns the durations of the last minute in nanoseconds; all figures of an empty snapshot are 0. */
    @Override
    public Snapshot getSnapshot() {
        return lastMinute.getSnapshot();
    }

    /** Returns the figures of the last minute, or null if there were none. */
    @Nullable DurationSummary summary() {
        Snapshot snapshot = getSnapshot();
        if (snapshot.size() == 0) {
            return null;
        }
        return new DurationSummary(
                snapshot.size(),
                nanos(snapshot.getMedian()),
                nanos(snapshot.get95thPercentile()),
                nanos(snapshot.get99thPercentile()),
                Duration.ofNanos(snapshot.getMax()));
    }

    /** Returns the number of durations in each bucket since the start, not cumulative. */
    long[] counts() {
        return Arrays.stream(buckets).mapToLong(LongAdder::sum).toArray();
    }

    /** Returns the sum of all durations since the start. */
    double sumSeconds() {
        return sumSeconds.sum();
    }

    private static Duration nanos(double nanos) {
        return Duration.ofNanos(Math.round(nanos));
    }
}
