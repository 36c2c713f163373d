package dev.paddock.bootstrap.bench.load;

import org.jspecify.annotations.Nullable;

/**
 * When requests start.
 *
 * @param callers the number of concurrent callers in a closed loop, at least 1; with a rate, the number of pooled connections
 * @param rate requests started per second in an open loop, more than 0 and at most a million; null for a closed loop, in
 *     which each caller waits for its response before it sends the next request
 */
public record LoadRate(int callers, @Nullable Double rate) {

    private static final double MAX_RATE = 1e6;

    public LoadRate {
        if (callers < 1) {
            throw new IllegalArgumentException("callers must be at least 1");
        }
        if (rate != null && !(rate > 0 && rate <= MAX_RATE)) {
            throw new IllegalArgumentException("the rate must be more than zero and at most a million");
        }
    }
}
