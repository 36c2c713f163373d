package dev.paddock.bootstrap.bench.run;

import static java.util.Objects.requireNonNull;

import dev.paddock.bootstrap.bench.load.ServiceLimit;
import dev.paddock.bootstrap.bench.load.ServiceLimit.LimitedTime;
import dev.paddock.bootstrap.bench.result.Figures;
import dev.paddock.bootstrap.bench.result.Figures.FailureSummary;
import dev.paddock.bootstrap.bench.result.Measure;
import dev.paddock.bootstrap.bench.result.ModeResult.LimitCount;
import dev.paddock.bootstrap.bench.result.ModeResult.PercentilePoint;
import dev.paddock.bootstrap.bench.run.Sample.AnsweredRequest;
import dev.paddock.bootstrap.bench.run.Sample.FailedRequest;
import dev.paddock.domain.error.ErrorKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;
import org.jspecify.annotations.Nullable;

/** Statistics of requests. Only complete answers count for the latency: a fast failure is no advantage. Not thread-safe. */
final class RequestStatistics {

    private static final double NANOS_PER_MILLI = 1e6;
    private static final int STEPS_PER_HALF = 5;

    private final Map<LimitedTime, Histogram> times = new EnumMap<>(LimitedTime.class);
    private final List<ServiceLimit> limits;
    private final long[] within; // for each limit
    private final Map<ErrorKind, FailureSummary> errors = new EnumMap<>(ErrorKind.class);
    private long successes;
    private long good;
    private long inputTokens;
    private long outputTokens;

    /** Creates empty statistics that keep the given number of significant digits. */
    RequestStatistics(int digits, List<ServiceLimit> limits) {
        for (LimitedTime time : LimitedTime.values()) {
            times.put(time, new Histogram(digits));
        }
        this.limits = List.copyOf(limits);
        this.within = new long[limits.size()];
    }

    void add(Sample sample) {
        switch (sample.outcome()) {
            case AnsweredRequest answered -> add(sample, answered);
            case FailedRequest failed ->
                errors.merge(
                        failed.kind(),
                        new FailureSummary(1, failed.message(), failed.address()),
                        FailureSummary::plus);
        }
    }

    private void add(Sample sample, AnsweredRequest answered) {
        successes++;
        inputTokens += answered.inputTokens();
        outputTokens += answered.outputTokens();
        histogram(LimitedTime.LATENCY).recordValue(sample.latency());
        Long first = answered.firstChunk();
        if (first != null) {
            histogram(LimitedTime.FIRST_TOKEN).recordValue(Math.max(0, first - sample.due()));
        }
        long[] gaps = answered.gaps();
        for (long gap : gaps) {
            histogram(LimitedTime.BETWEEN_TOKENS).recordValue(gap);
        }
        boolean isGood = true;
        for (int index = 0; index < within.length; index++) {
            ServiceLimit limit = limits.get(index);
            boolean isWithin = time(limit.time(), sample, first, gaps) <= limit.most().toNanos();
            within[index] += isWithin ? 1 : 0;
            isGood &= isWithin;
        }
        good += isGood ? 1 : 0;
    }

    private static double time(LimitedTime time, Sample sample, @Nullable Long first, long[] gaps) {
        return switch (time) {
            case LATENCY -> sample.latency();
            case FIRST_TOKEN -> (first == null ? sample.ended() : first) - sample.due();
            case BETWEEN_TOKENS -> Arrays.stream(gaps).average().orElse(0);
        };
    }

    void add(RequestStatistics other) {
        times.forEach((time, histogram) -> histogram.add(other.histogram(time)));
        other.errors.forEach((kind, failures) -> errors.merge(kind, failures, FailureSummary::plus));
        Arrays.setAll(within, index -> within[index] + other.within[index]);
        successes += other.successes;
        good += other.good;
        inputTokens += other.inputTokens;
        outputTokens += other.outputTokens;
    }

    long requests() {
        return successes + failures();
    }

    long failures() {
        return errors.values().stream().mapToLong(FailureSummary::count).sum();
    }

    long inputTokens() {
        return inputTokens;
    }

    long outputTokens() {
        return outputTokens;
    }

    List<LimitCount> limitCounts() {
        return IntStream.range(0, within.length)
                .mapToObj(index -> new LimitCount(limits.get(index), within[index], requests()))
                .toList();
    }

    /** Returns the times by percentile, with more points towards the tail, as far as the number of values allows. */
    Map<LimitedTime, List<PercentilePoint>> distributions() {
        Map<LimitedTime, List<PercentilePoint>> distributions = new EnumMap<>(LimitedTime.class);
        times.forEach((time, histogram) -> {
            List<PercentilePoint> points = new ArrayList<>();
            for (HistogramIterationValue value : histogram.percentiles(STEPS_PER_HALF)) {
                points.add(new PercentilePoint(value.getPercentileLevelIteratedTo(), value.getValueIteratedTo() / NANOS_PER_MILLI));
            }
            distributions.put(time, points);
        });
        return distributions;
    }

    /** Returns the figures of all requests, which took the given time together. */
    Figures figures(Duration elapsed) {
        Map<Measure, Double> values = new EnumMap<>(Measure.class);
        Histogram latencies = histogram(LimitedTime.LATENCY);
        if (successes > 0) {
            values.put(Measure.MEAN, latencies.getMean() / NANOS_PER_MILLI);
            values.put(Measure.MIN, latencies.getMinValue() / NANOS_PER_MILLI);
            values.put(Measure.MAX, latencies.getMaxValue() / NANOS_PER_MILLI);
        }
        putPercentiles(values, LimitedTime.LATENCY, Measure.P50, Measure.P95, Measure.P99);
        putPercentiles(
                values, LimitedTime.FIRST_TOKEN, Measure.FIRST_TOKEN_P50, Measure.FIRST_TOKEN_P95, Measure.FIRST_TOKEN_P99);
        putPercentiles(
                values,
                LimitedTime.BETWEEN_TOKENS,
                Measure.BETWEEN_TOKENS_P50,
                Measure.BETWEEN_TOKENS_P95,
                Measure.BETWEEN_TOKENS_P99);
        double seconds = Math.max(1, elapsed.toNanos()) / 1e9;
        values.put(Measure.THROUGHPUT, successes / seconds);
        if (outputTokens > 0) {
            values.put(Measure.TOKENS, outputTokens / seconds);
        }
        if (!limits.isEmpty()) {
            values.put(Measure.GOODPUT, good / seconds);
            values.put(Measure.WITHIN_LIMITS, requests() == 0 ? 0 : (double) good / requests());
        }
        values.put(Measure.ERROR_RATE, requests() == 0 ? 0 : (double) failures() / requests());
        return new Figures(successes, errors, elapsed, values);
    }

    private void putPercentiles(Map<Measure, Double> values, LimitedTime time, Measure p50, Measure p95, Measure p99) {
        if (histogram(time).getTotalCount() > 0) {
            values.put(p50, millis(time, 50));
            values.put(p95, millis(time, 95));
            values.put(p99, millis(time, 99));
        }
    }

    /** Returns a percentile of the latency, in milliseconds. */
    double millisAt(double percentile) {
        return millis(LimitedTime.LATENCY, percentile);
    }

    private double millis(LimitedTime time, double percentile) {
        return histogram(time).getValueAtPercentile(percentile) / NANOS_PER_MILLI;
    }

    private Histogram histogram(LimitedTime time) {
        return requireNonNull(times.get(time), "histogram");
    }
}
