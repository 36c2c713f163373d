package dev.paddock.bootstrap.bench.result;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The measurements of one mode.
 *
 * @param mode how requests got their connections
 * @param whole the figures of all requests
 * @param repetitions the figures of each repetition, in the order in which they ended
 * @param distribution the latency by percentile, ascending
 * @param timeline the requests that ended in each span of time
 * @param connections the connections of the measured requests
 */
public record ModeResult(
        Mode mode,
        Figures whole,
        List<Figures> repetitions,
        List<PercentilePoint> distribution,
        List<TimelinePoint> timeline,
        Connections connections) {

    public ModeResult {
        requireNonNull(mode, "mode");
        requireNonNull(whole, "whole");
        repetitions = List.copyOf(repetitions);
        distribution = List.copyOf(distribution);
        timeline = List.copyOf(timeline);
        requireNonNull(connections, "connections");
    }

    /**
     * A point of the latency distribution.
     *
     * @param percentile 0 to 100
     * @param millis the latency that this percentage of the answers did not exceed
     */
    public record PercentilePoint(double percentile, double millis) {}

    /**
     * The requests that ended within one span of a benchmark.
     *
     * @param from the start of the span, since the start of the benchmark
     * @param width the length of the span
     * @param answers the number of complete answers
     * @param failures the number of failed requests
     * @param latency the latency of the answers, or null when there were none
     */
    public record TimelinePoint(
            Duration from, Duration width, long answers, long failures, @Nullable LatencyPercentiles latency) {

        public TimelinePoint {
            requireNonNull(from, "from");
            requireNonNull(width, "width");
        }
    }

    /**
     * Latency percentiles in milliseconds.
     *
     * @param p50 the median
     * @param p95 the 95th percentile
     * @param max the maximum
     */
    public record LatencyPercentiles(double p50, double p95, double max) {}

    /**
     * The connections of a mode. A number is null when the transport or the server does not count it.
     *
     * @param transport the name of the transport
     * @param opened connections that the pools opened
     * @param reused requests that got a connection that had been used before
     * @param accepted connections that the server counted
     */
    public record Connections(
            String transport, @Nullable Long opened, @Nullable Long reused, @Nullable Long accepted) {

        public Connections {
            requireNonNull(transport, "transport");
        }

        /** Returns these counts plus those of another client; a number that one of them does not know is null. */
        public Connections plus(Connections other) {
            return new Connections(
                    other.transport, sum(opened, other.opened), sum(reused, other.reused), sum(accepted, other.accepted));
        }

        private static @Nullable Long sum(@Nullable Long one, @Nullable Long other) {
            return one == null || other == null ? null : Long.valueOf(one + other);
        }
    }
}
