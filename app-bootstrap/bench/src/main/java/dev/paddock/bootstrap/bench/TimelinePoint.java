package dev.paddock.bootstrap.bench;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What ended within one span of a benchmark.
 *
 * @param from when the span began, from the start of the benchmark
 * @param width how long it is
 * @param answers how many requests got a complete answer
 * @param failures how many failed
 * @param latency the latency of the answers, or null when there were none
 */
public record TimelinePoint(Duration from, Duration width, long answers, long failures, @Nullable LatencyPercentiles latency) {

    public TimelinePoint {
        requireNonNull(from, "from");
        requireNonNull(width, "width");
    }

    /**
     * The latency of the answers of a span, in milliseconds.
     *
     * @param p50 what half of them did not exceed
     * @param p95 what 95 of 100 did not exceed
     * @param max the longest
     */
    public record LatencyPercentiles(double p50, double p95, double max) {}
}
