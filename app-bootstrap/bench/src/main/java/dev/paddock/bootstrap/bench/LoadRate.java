package dev.paddock.bootstrap.bench;

import org.jspecify.annotations.Nullable;

/**
 * When requests start.
 *
 * @param callers how many requests may be under way at once, at least 1: without a rate that many callers send one request
 *     after the other, with a rate it is the number of connections of the pool, for which requests wait
 * @param rate how many requests start in a second whatever becomes of them, more than zero and at most a million, or null
 *     when each caller waits for its answer
 */
public record LoadRate(int callers, @Nullable Double rate) {

    private static final double HIGHEST_RATE = 1e6;

    public LoadRate {
        if (callers < 1) {
            throw new IllegalArgumentException("there must be a caller");
        }
        if (rate != null && !(rate > 0 && rate <= HIGHEST_RATE)) {
            throw new IllegalArgumentException("the rate must be more than zero and at most a million");
        }
    }
}
