package dev.paddock.bootstrap.bench.load;

import org.jspecify.annotations.Nullable;

/**
 * When requests start.
 *
 * @param callers the number of concurrent callers in a closed loop, at least 1; in an open loop, the number of pooled connections
 * @param arrivals when conversations start in an open loop; null for a closed loop, in which each caller waits for its response before
 *     it sends the next request
 */
public record LoadRate(int callers, @Nullable ArrivalProcess arrivals) {

    public LoadRate {
        if (callers < 1) {
            throw new IllegalArgumentException("callers must be at least 1");
        }
    }
}
