package dev.paddock.bootstrap.bench;

import dev.paddock.bootstrap.bench.RequestOutcome.AnsweredRequest;
import dev.paddock.bootstrap.bench.RequestOutcome.FailedRequest;
import dev.paddock.domain.error.ErrorKind;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** Adds up requests. Latencies are those of complete answers: that a failure is quick is no merit. Not thread-safe. */
final class RequestStatistics {

    private static final double NANOS_PER_MILLI = 1e6;

    private final Histogram latencies;
    private final Histogram firstPieces;
    private final Map<ErrorKind, Long> errors = new EnumMap<>(ErrorKind.class);
    private long successes;
    private long tokens;

    /** Creates an empty tally that keeps latencies to the given number of digits. */
    RequestStatistics(int digits) {
        this.latencies = new Histogram(digits);
        this.firstPieces = new Histogram(digits);
    }

    void add(Sample sample) {
        switch (sample.outcome()) {
            case AnsweredRequest answered -> {
                successes++;
                latencies.recordValue(sample.latency());
                tokens += answered.tokens() == null ? 0 : answered.tokens();
                if (answered.firstPiece() != null) {
                    firstPieces.recordValue(Math.max(0, answered.firstPiece() - sample.due()));
                }
            }
            case FailedRequest failed -> errors.merge(failed.kind(), 1L, Long::sum);
        }
    }

    void add(RequestStatistics other) {
        latencies.add(other.latencies);
        firstPieces.add(other.firstPieces);
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

    Histogram latencies() {
        return latencies;
    }

    /** Returns the figures of what was added, which took the given time together. */
    Figures figures(Duration elapsed) {
        Map<Measure, Double> values = new EnumMap<>(Measure.class);
        if (successes > 0) {
            values.put(Measure.MEAN, latencies.getMean() / NANOS_PER_MILLI);
            values.put(Measure.P50, millisAt(latencies, 50));
            values.put(Measure.P95, millisAt(latencies, 95));
            values.put(Measure.P99, millisAt(latencies, 99));
            values.put(Measure.MAX, latencies.getMaxValue() / NANOS_PER_MILLI);
        }
        if (firstPieces.getTotalCount() > 0) {
            values.put(Measure.FIRST_TOKEN_P50, millisAt(firstPieces, 50));
            values.put(Measure.FIRST_TOKEN_P95, millisAt(firstPieces, 95));
            values.put(Measure.FIRST_TOKEN_P99, millisAt(firstPieces, 99));
        }
        double seconds = Math.max(1, elapsed.toNanos()) / 1e9;
        values.put(Measure.THROUGHPUT, successes / seconds);
        if (tokens > 0) {
            values.put(Measure.TOKENS, tokens / seconds);
        }
        values.put(Measure.ERROR_RATE, requests() == 0 ? 0 : (double) failures() / requests());
        return new Figures(successes, errors, elapsed, values);
    }

    static double millisAt(Histogram histogram, double percentile) {
        return histogram.getValueAtPercentile(percentile) / NANOS_PER_MILLI;
    }
}
