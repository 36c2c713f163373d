package dev.paddock.bootstrap.bench;

import java.util.Locale;

/** A figure of a benchmark that can be compared with that of another one. */
public enum Measure {
    /** The mean latency in milliseconds. */
    MEAN("mean_ms", "mean", false),
    /** The latency in milliseconds that half of the requests did not exceed. */
    P50("p50_ms", "p50", false),
    /** The latency in milliseconds that 95 of 100 requests did not exceed. */
    P95("p95_ms", "p95", false),
    /** The latency in milliseconds that 99 of 100 requests did not exceed. */
    P99("p99_ms", "p99", false),
    /** The longest latency in milliseconds. */
    MAX("max_ms", "max", false),
    /** The time to the first piece in milliseconds that half of the requests did not exceed. */
    FIRST_TOKEN_P50("first_token_p50_ms", "first token p50", false),
    /** The time to the first piece in milliseconds that 95 of 100 requests did not exceed. */
    FIRST_TOKEN_P95("first_token_p95_ms", "first token p95", false),
    /** The time to the first piece in milliseconds that 99 of 100 requests did not exceed. */
    FIRST_TOKEN_P99("first_token_p99_ms", "first token p99", false),
    /** Complete answers a second. */
    THROUGHPUT("throughput", "answers per second", true),
    /** Tokens a second, those of all answers together. */
    TOKENS("tokens_per_second", "tokens per second", true),
    /** The share of requests that failed, 0 to 1. */
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

    /** Returns the name as people read it. */
    public String title() {
        return title;
    }

    /** Returns a value with its unit, for people. */
    public String toText(double value) {
        return switch (this) {
            case THROUGHPUT, TOKENS -> String.format(Locale.ROOT, value < 100 ? "%.1f" : "%.0f", value);
            case ERROR_RATE -> String.format(Locale.ROOT, "%.1f%%", value * 100);
            default -> millis(value);
        };
    }

    boolean moreIsBetter() {
        return moreIsBetter;
    }

    // Three digits: more are never meant.
    private static String millis(double value) {
        if (value < 10) {
            return String.format(Locale.ROOT, "%.2f ms", value);
        }
        return String.format(Locale.ROOT, value < 100 ? "%.1f ms" : "%.0f ms", value);
    }
}
