package dev.paddock.bootstrap.config;

import java.time.Duration;

/**
 * How often a failed call is tried again. Immutable.
 *
 * @param maxRetries how many times at most, zero for never; the first attempt does not count
 * @param backoff how long to wait before the first retry, positive; each further one waits twice as long
 */
public record RetrySettings(int maxRetries, Duration backoff) {

    public RetrySettings {
        if (maxRetries < 0) {
            throw new IllegalArgumentException("the number of retries must not be negative: " + maxRetries);
        }
        if (backoff.isNegative() || backoff.isZero()) {
            throw new IllegalArgumentException("the backoff must be positive, not " + backoff);
        }
    }
}
