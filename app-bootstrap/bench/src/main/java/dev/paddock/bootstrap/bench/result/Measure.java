package dev.paddock.bootstrap.bench.result;

import java.util.Locale;

/** A figure of a benchmark that can be compared between two results. */
public enum Measure {
    /** The mean latency in milliseconds. */
    MEAN("mean_ms", "mean", false),
    /** The minimum latency in milliseconds. */
    MIN("min_ms", "min", false),
    /** The median latency in milliseconds. */
    P50("p50_ms", "p50", false),
    /** The 95th percentile of the latency in milliseconds. */
    P95("p95_ms", "p95", false),
    /** The 99th percentile of the latency in milliseconds. */
    P99("p99_ms", "p99", false),
    /** The maximum latency in milliseconds. */
    MAX("max_ms", "max", false),
    /** The median time to the first chunk in milliseconds. */
    FIRST_TOKEN_P50("first_token_p50_ms", "first token p50", false),
    /** The 95th percentile of the time to the first chunk in milliseconds. */
    FIRST_TOKEN_P95("first_token_p95_ms", "first token p95", false),
    /** The 99th percentile of the time to the first chunk in milliseconds. */
    FIRST_TOKEN_P99("first_token_p99_ms", "first token p99", false),
    /** The median time between two chunks in milliseconds. */
    BETWEEN_TOKENS_P50("between_tokens_p50_ms", "between tokens p50", false),
    /** The 95th percentile of the time between two chunks in milliseconds. */
    BETWEEN_TOKENS_P95("between_tokens_p95_ms", "between tokens p95", false),
    /** The 99th percentile of the time between two chunks in milliseconds. */
    BETWEEN_TOKENS_P99("between_tokens_p99_ms", "between tokens p99", false),
    /** Complete answers per second. */
    THROUGHPUT("throughput", "answers per second", true),
    /** Tokens per second, of all answers together. */
    TOKENS("tokens_per_second", "tokens per second", true),
    /** Complete answers per second that are within all limits. */
    GOODPUT("goodput", "goodput per second", true),
    /** The fraction of requests that are within all limits, 0 to 1; a failed one is not. */
    WITHIN_LIMITS("within_limits", "within the limits", true),
    /** The fraction of requests that failed, 0 to 1. */
    ERROR_RATE("error_rate", "error rate", false);

    private final String label;
    private final String title;
    private final boolean moreIsBetter;

    Measure(String label, String title, boolean moreIsBetter) {
        this.label = label;
        this.title = title;
        this.moreIsBetter = moreIsBetter;
    }

    /** Returns the name as it appears in JSON, for example {@code p50_ms}. */
    public String label() {
        return label;
    }

    /** Returns the name in tables. */
    public String title() {
        return title;
    }

    /** Returns a value with its unit, for tables. */
    public String toText(double value) {
        return switch (unit()) {
            case PER_SECOND -> String.format(Locale.ROOT, value < 100 ? "%.1f" : "%.0f", value);
            case FRACTION -> String.format(Locale.ROOT, "%.1f%%", value * 100);
            case MILLISECONDS -> millis(value);
        };
    }

    /** Returns the unit of the values. */
    public MeasureUnit unit() {
        return switch (this) {
            case THROUGHPUT, TOKENS, GOODPUT -> MeasureUnit.PER_SECOND;
            case ERROR_RATE, WITHIN_LIMITS -> MeasureUnit.FRACTION;
            default -> MeasureUnit.MILLISECONDS;
        };
    }

    /** Returns whether the measure needs the chunks of a stream. */
    public boolean isOfStream() {
        return title.startsWith("first token") || title.startsWith("between tokens");
    }

    /** Returns whether a larger value is better. */
    public boolean moreIsBetter() {
        return moreIsBetter;
    }

    // Three digits: more would suggest a precision that the measurement does not have.
    private static String millis(double value) {
        if (value < 10) {
            return String.format(Locale.ROOT, "%.2f ms", value);
        }
        return String.format(Locale.ROOT, value < 100 ? "%.1f ms" : "%.0f ms", value);
    }

    /** The unit of a measure. */
    public enum MeasureUnit {
        /** A time. */
        MILLISECONDS,
        /** A rate. */
        PER_SECOND,
        /** A fraction, 0 to 1. */
        FRACTION
    }
}
