package dev.paddock.bootstrap.bench.result;

import static java.util.Objects.requireNonNull;

import dev.paddock.bootstrap.bench.load.ServiceLimit;
import dev.paddock.bootstrap.bench.load.ServiceLimit.LimitedTime;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The measurements of one mode.
 *
 * @param mode the layers between requests and server
 * @param whole the figures of all requests
 * @param parts the figures of each part, in the order in which they ended
 * @param byModel the figures of each model; empty when there is only one
 * @param distributions the times by percentile, ascending; a time that was not measured is absent
 * @param timeline the requests that ended in each span of time
 * @param connections the connections of the measured requests
 * @param counts further counts
 */
public record ModeResult(
        Mode mode,
        Figures whole,
        List<Figures> parts,
        Map<String, Figures> byModel,
        Map<LimitedTime, List<PercentilePoint>> distributions,
        List<TimelinePoint> timeline,
        Connections connections,
        LoadCounts counts) {

    public ModeResult {
        requireNonNull(mode, "mode");
        requireNonNull(whole, "whole");
        parts = List.copyOf(parts);
        byModel = Collections.unmodifiableMap(new LinkedHashMap<>(byModel));
        distributions = Map.copyOf(distributions);
        timeline = List.copyOf(timeline);
        requireNonNull(connections, "connections");
        requireNonNull(counts, "counts");
    }

    /** Returns this result with the counts that the target keeps. */
    public ModeResult withTargetCounts(Map<String, Long> ofTarget) {
        LoadCounts all = new LoadCounts(
                counts.repeated, counts.inputTokens, counts.outputTokens, counts.limits, counts.punctuality, ofTarget);
        return new ModeResult(mode, whole, parts, byModel, distributions, timeline, connections, all);
    }

    /**
     * Counts of a load.
     *
     * @param repeated requests of conversations that repeat an earlier one
     * @param inputTokens tokens of the prompts as the server counted them
     * @param outputTokens tokens of the answers as the server counted them
     * @param limits the requests within each limit
     * @param punctuality how well an open loop kept its schedule, or null for a closed loop
     * @param ofTarget what the target counted beside its connections, by name; may be empty
     */
    public record LoadCounts(
            long repeated,
            long inputTokens,
            long outputTokens,
            List<LimitCount> limits,
            @Nullable Punctuality punctuality,
            Map<String, Long> ofTarget) {

        public LoadCounts {
            limits = List.copyOf(limits);
            ofTarget = Collections.unmodifiableMap(new LinkedHashMap<>(ofTarget));
        }

        /** Creates the counts of a load whose target counts nothing but connections. */
        public LoadCounts(
                long repeated, long inputTokens, long outputTokens, List<LimitCount> limits, @Nullable Punctuality punctuality) {
            this(repeated, inputTokens, outputTokens, limits, punctuality, Map.of());
        }
    }

    /**
     * The requests within a limit.
     *
     * @param limit the limit
     * @param within the number of requests within it; failed ones are not
     * @param requests the number of all requests
     */
    public record LimitCount(ServiceLimit limit, long within, long requests) {

        public LimitCount {
            requireNonNull(limit, "limit");
        }

        /** Returns the fraction of requests within the limit, 0 to 1. */
        public double share() {
            return requests == 0 ? 0 : (double) within / requests;
        }

        /** Returns whether enough requests are within the limit, or null when the limit does not say how many are enough. */
        public @Nullable Boolean isMet() {
            return limit.percentile() == null ? null : Boolean.valueOf(share() * 100 >= limit.percentile());
        }
    }

    /**
     * How well an open loop kept its schedule.
     *
     * @param scheduled conversations that were due
     * @param late those of them that started more than {@link #LATE} after they were due
     * @param longestDelay the longest time from being due to the start
     * @param waited requests that started when all connections were in use, and had to wait for one
     */
    public record Punctuality(long scheduled, long late, Duration longestDelay, long waited) {

        /** A start is late after this time. */
        public static final Duration LATE = Duration.ofMillis(10);

        private static final double TOLERATED = 0.01;

        public Punctuality {
            requireNonNull(longestDelay, "longestDelay");
        }

        /** Returns whether this process started the requests in time, except for one in a hundred. */
        public boolean isKept() {
            return late <= scheduled * TOLERATED;
        }
    }

    /**
     * A point of a distribution.
     *
     * @param percentile 0 to 100
     * @param millis the time that this percentage of the values did not exceed
     */
    public record PercentilePoint(double percentile, double millis) {}

    /**
     * The requests that ended within one span of a benchmark.
     *
     * @param from the start of the span, since the start of the benchmark
     * @param width the length of the span
     * @param answers the number of complete answers
     * @param failures the number of failed requests
     * @param inFlight the most requests that were in progress at the same time
     * @param latency the latency of the answers, or null when there were none
     */
    public record TimelinePoint(
            Duration from, Duration width, long answers, long failures, int inFlight, @Nullable LatencyPercentiles latency) {

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
     * @param sent requests that got a connection, to ask for an answer or for the list of models
     * @param accepted connections that the server counted
     * @param received requests that the server counted
     */
    public record Connections(
            String transport, @Nullable Long opened, @Nullable Long reused, long sent, @Nullable Long accepted, @Nullable Long received) {

        public Connections {
            requireNonNull(transport, "transport");
        }

        /** Returns these counts plus those of another client; a number that one of them does not know is null. */
        public Connections plus(Connections other) {
            return new Connections(
                    other.transport,
                    sum(opened, other.opened),
                    sum(reused, other.reused),
                    sent + other.sent,
                    sum(accepted, other.accepted),
                    sum(received, other.received));
        }

        private static @Nullable Long sum(@Nullable Long one, @Nullable Long other) {
            return one == null || other == null ? null : Long.valueOf(one + other);
        }
    }
}
