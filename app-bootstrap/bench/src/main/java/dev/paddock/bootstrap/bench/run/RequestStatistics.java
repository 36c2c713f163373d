package dev.paddock.bootstrap.bench.run;

import dev.paddock.bootstrap.bench.result.Figures;
import dev.paddock.bootstrap.bench.result.Measure;
import dev.paddock.bootstrap.bench.result.ModeResult.PercentilePoint;
import dev.paddock.bootstrap.bench.run.Sample.AnsweredRequest;
import dev.paddock.bootstrap.bench.run.Sample.FailedRequest;
import dev.paddock.domain.error.ErrorKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;

/** Statistics of requests. Only complete answers count for the latency: a fast failure is no advantage. Not thread-safe. */
final class RequestStatistics {

    private static final double NANOS_PER_MILLI = 1e6;
    private static final int STEPS_PER_HALF = 5;

    private final Histogram latencies;
    private final Histogram firstChunks;
    private final Map<ErrorKind, Long> errors = new EnumMap<>(ErrorKind.class);
    private long successes;
    private long tokens;

    /** Creates empty statistics that keep the given number of significant digits. */
    RequestStatistics(int digits) {
        this.latencies = new Histogram(digits);
        this.firstChunks = new Histogram(digits);
    }

    void add(Sample sample) {
        switch (sample.outcome()) {
            case AnsweredRequest answered -> {
                successes++;
                latencies.recordValue(sample.latency());
                tokens += answered.tokens() == null ? 0 : answered.tokens();
                if (answered.firstChunk() != null) {
                    firstChunks.recordValue(Math.max(0, answered.firstChunk() - sample.due()));
                }
            }
            case FailedRequest failed -> errors.merge(failed.kind(), 1L, Long::sum);
        }
    }

    void add(RequestStatistics other) {
        latencies.add(other.latencies);
        firstChunks.add(other.firstChunks);
        other.errors.forEach((kind, count) -> errors.merge(kind, count, Long::sum));
        successes += other.successes;
        tokens += other.tokens;
    }

    long requests() {
        return successes + failures();
    }

    long failures() {
        return errors.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Returns the latency by percentile, with more points towards the tail, as far as the number of values allows. */
    List<PercentilePoint> distribution() {
        List<PercentilePoint> points = new ArrayList<>();
        for (HistogramIterationValue value : latencies.percentiles(STEPS_PER_HALF)) {
            points.add(new PercentilePoint(
                    value.getPercentileLevelIteratedTo(), value.getValueIteratedTo() / NANOS_PER_MILLI));
        }
        return points;
    }

    /** Returns the figures of all requests, which took the given time together. */
    Figures figures(Duration elapsed) {
        Map<Measure, Double> values = new EnumMap<>(Measure.class);
        if (successes > 0) {
            values.put(Measure.MEAN, latencies.getMean() / NANOS_PER_MILLI);
            values.put(Measure.P50, millisAt(50));
            values.put(Measure.P95, millisAt(95));
            values.put(Measure.P99, millisAt(99));
            values.put(Measure.MAX, latencies.getMaxValue() / NANOS_PER_MILLI);
        }
        if (firstChunks.getTotalCount() > 0) {
            values.put(Measure.FIRST_TOKEN_P50, millis(firstChunks, 50));
            values.put(Measure.FIRST_TOKEN_P95, millis(firstChunks, 95));
            values.put(Measure.FIRST_TOKEN_P99, millis(firstChunks, 99));
        }
        double seconds = Math.max(1, elapsed.toNanos()) / 1e9;
        values.put(Measure.THROUGHPUT, successes / seconds);
        if (tokens > 0) {
            values.put(Measure.TOKENS, tokens / seconds);
        }
        values.put(Measure.ERROR_RATE, requests() == 0 ? 0 : (double) failures() / requests());
        return new Figures(successes, errors, elapsed, values);
    }

    /** Returns a percentile of the latency, in milliseconds. */
    double millisAt(double percentile) {
        return millis(latencies, percentile);
    }

    private static double millis(Histogram histogram, double percentile) {
        return histogram.getValueAtPercentile(percentile) / NANOS_PER_MILLI;
    }
}
