package dev.paddock.benchmarks.calls;

import java.time.Duration;

/**
 * How long a contender is measured at a workload.
 *
 * @param rounds how often it has its turn; between two turns all others have theirs
 * @param warmUp of each JVM, at most; it ends sooner when the compilers are done
 * @param iterations of one {@code time} each
 * @param time of one iteration
 */
record Effort(int rounds, Duration warmUp, int iterations, Duration time) {

    static final Effort QUICK = new Effort(1, Duration.ofSeconds(8), 2, Duration.ofSeconds(1));
    /** Of contenders that live at the same time: a round is a turn of each. */
    static final Effort TURNS = new Effort(60, Duration.ofSeconds(20), 1, Duration.ofMillis(300));

    static final Effort THOROUGH = new Effort(3, Duration.ofSeconds(20), 5, Duration.ofSeconds(2));

    Effort {
        if (rounds < 1 || iterations < 1) {
            throw new IllegalArgumentException("there must be a round and an iteration");
        }
    }

    Effort withRounds(int newRounds) {
        return new Effort(newRounds, warmUp, iterations, time);
    }

    @Override
    public String toString() {
        return "%d round(s) of %d x %d ms after at most %d s of warm-up"
                .formatted(rounds, iterations, time.toMillis(), warmUp.toSeconds());
    }
}
