package dev.paddock.domain.metrics;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * How long something took lately, of at least one time that it happened. A percentile may lie between two of the durations.
 *
 * @param count how often it happened, at least 1
 * @param p50 the duration that half of them did not exceed
 * @param p95 the duration that 95 of 100 did not exceed
 * @param p99 the duration that 99 of 100 did not exceed
 * @param max the longest one, exactly
 */
public record DurationSummary(long count, Duration p50, Duration p95, Duration p99, Duration max) {

    public DurationSummary {
        requireNonNull(p50, "p50");
        requireNonNull(p95, "p95");
        requireNonNull(p99, "p99");
        requireNonNull(max, "max");
        if (count < 1) {
            throw new IllegalArgumentException("a summary is of at least one duration, not of " + count);
        }
    }
}
