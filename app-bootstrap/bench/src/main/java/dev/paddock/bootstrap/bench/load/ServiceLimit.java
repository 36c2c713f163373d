package dev.paddock.bootstrap.bench.load;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A time that a good request does not exceed.
 *
 * @param time the limited time
 * @param percentile the percentage of requests that must be within the limit, or null when only the good ones are counted
 * @param most the limit, more than zero
 */
public record ServiceLimit(LimitedTime time, @Nullable Double percentile, Duration most) {

    private static final Pattern TEXT = Pattern.compile("([a-z_]*?)_?(?:p(\\d{1,2}(?:\\.\\d{1,3})?))?\\s*(?:=|<=?|:)\\s*(.+)");

    public ServiceLimit {
        requireNonNull(time, "time");
        if (most.isNegative() || most.isZero()) {
            throw new IllegalArgumentException("a limit is more than zero");
        }
    }

    /**
     * Reads limits that are separated by commas, for example {@code ttft=500ms,p95=2s}.
     *
     * @param durations reads a duration
     * @throws IllegalArgumentException if the text is malformed; the message says how limits are written
     */
    public static List<ServiceLimit> parse(String text, Function<String, Duration> durations) {
        List<ServiceLimit> limits = new ArrayList<>();
        for (String each : text.split(",", -1)) {
            Matcher matcher = TEXT.matcher(each.strip().toLowerCase(Locale.ROOT));
            if (!matcher.matches() || (matcher.group(1).isEmpty() && matcher.group(2) == null)) {
                throw new IllegalArgumentException("'" + each.strip() + "' is no limit such as ttft=500ms or p95=2s");
            }
            String percentile = matcher.group(2);
            limits.add(new ServiceLimit(
                    LimitedTime.named(matcher.group(1)),
                    percentile == null ? null : Double.valueOf(percentile),
                    durations.apply(matcher.group(3))));
        }
        return limits;
    }

    /** Returns the limit as text, for example {@code ttft <= 500 ms}. */
    public String toText() {
        String suffix = percentile == null ? "" : " p" + (percentile == Math.rint(percentile) ? Long.toString(percentile.longValue()) : percentile.toString());
        return time.label() + suffix + " <= " + DurationText.of(most);
    }

    /** A time of a request that can be limited. */
    public enum LimitedTime {
        /** The time from the start of the request to the end of its answer. */
        LATENCY("latency", "|latency|e2e|total"),
        /** The time to the first token. */
        FIRST_TOKEN("ttft", "ttft|first_token|first"),
        /** The mean time between two tokens of an answer. */
        BETWEEN_TOKENS("between", "between|between_tokens|itl|tpot");

        private final String label;
        private final String names; // a regular expression

        LimitedTime(String label, String names) {
            this.label = label;
            this.names = names;
        }

        /** Returns the name in options and results, for example {@code ttft}. */
        public String label() {
            return label;
        }

        private static LimitedTime named(String name) {
            for (LimitedTime time : values()) {
                if (name.matches(time.names)) {
                    return time;
                }
            }
            throw new IllegalArgumentException("'" + name + "' is no time that can be limited; these are ttft, between and latency");
        }
    }
}
