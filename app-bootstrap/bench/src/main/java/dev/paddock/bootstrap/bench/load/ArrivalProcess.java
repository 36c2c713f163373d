package dev.paddock.bootstrap.bench.load;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;
import java.util.PrimitiveIterator;
import java.util.SplittableRandom;
import java.util.stream.LongStream;

/**
 * The times at which the conversations of an open loop start. They are fixed before the load and do not depend on the server. The same
 * process always has the same times, so that two benchmarks have the same load.
 */
public sealed interface ArrivalProcess {

    /** Returns the times since the start of the load in nanoseconds, ascending. */
    PrimitiveIterator.OfLong offsets();

    /** Returns the mean number of starts per second. */
    double perSecond();

    /** Returns the name of the process, as in options and results. */
    String label();

    /** A start every 1/rate seconds. */
    record ConstantArrivals(double perSecond) implements ArrivalProcess {

        public ConstantArrivals {
            requireRate(perSecond);
        }

        @Override
        public PrimitiveIterator.OfLong offsets() {
            return LongStream.iterate(0, index -> index + 1)
                    .map(index -> Math.round(index * NANOS_PER_SECOND / perSecond))
                    .iterator();
        }

        @Override
        public String label() {
            return "constant";
        }
    }

    /** Starts of independent users: the times between them are exponentially distributed, as in a Poisson process. */
    record PoissonArrivals(double perSecond) implements ArrivalProcess {

        private static final long SEED = 20;

        public PoissonArrivals {
            requireRate(perSecond);
        }

        @Override
        public PrimitiveIterator.OfLong offsets() {
            SplittableRandom random = new SplittableRandom(SEED);
            double[] at = {0};
            return LongStream.generate(() -> {
                        at[0] += -Math.log(1 - random.nextDouble()) / perSecond;
                        return Math.round(at[0] * NANOS_PER_SECOND);
                    })
                    .iterator();
        }

        @Override
        public String label() {
            return "poisson";
        }
    }

    /**
     * The starts that a log recorded.
     *
     * @param times the times since the first start, ascending; at least one
     * @param fingerprint identifies the log
     */
    record ReplayedArrivals(List<Duration> times, String fingerprint) implements ArrivalProcess {

        public ReplayedArrivals {
            times = List.copyOf(times);
            requireNonNull(fingerprint, "fingerprint");
            if (times.isEmpty()) {
                throw new IllegalArgumentException("a log without a time cannot be replayed");
            }
        }

        @Override
        public PrimitiveIterator.OfLong offsets() {
            return times.stream().mapToLong(Duration::toNanos).iterator();
        }

        @Override
        public double perSecond() {
            double seconds = times.getLast().toNanos() / NANOS_PER_SECOND;
            return seconds == 0 ? times.size() : (times.size() - 1) / seconds;
        }

        @Override
        public String label() {
            return "replay";
        }
    }

    /** The number of nanoseconds in a second. */
    double NANOS_PER_SECOND = 1e9;

    private static void requireRate(double rate) {
        if (!(rate > 0 && rate <= 1e6)) {
            throw new IllegalArgumentException("the rate must be more than zero and at most a million");
        }
    }
}
