package dev.paddock.adapters.http.sim.json;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads durations as Go's {@code time.ParseDuration} does: {@code 1h30m}, {@code -1.5s}, {@code 0}. */
public final class GoDuration {
    private static final Pattern PART = Pattern.compile("(\\d+\\.?\\d*|\\.\\d+)([^\\d.]*)");
    private static final Map<String, Long> NANOS = Map.of(
        "ns", 1L, "us", 1_000L, "µs", 1_000L, "μs", 1_000L, "ms", 1_000_000L, "s", 1_000_000_000L,
        "m", 60_000_000_000L, "h", 3_600_000_000_000L);

    private GoDuration() {
    }

    public static Duration parse(String text) {
        boolean negative = text.startsWith("-");
        String rest = negative || text.startsWith("+") ? text.substring(1) : text;
        if ("0".equals(rest)) {
            return Duration.ZERO;
        }
        Matcher parts = PART.matcher(rest);
        BigDecimal nanos = BigDecimal.ZERO;
        int position = 0;
        while (position < rest.length() && parts.find(position) && parts.start() == position) {
            nanos = nanos.add(new BigDecimal(parts.group(1)).multiply(BigDecimal.valueOf(unit(parts.group(2), text))));
            position = parts.end();
        }
        if (rest.isEmpty() || position < rest.length()) {
            throw new ApiException(400, "time: invalid duration " + ErrorTexts.quoted(text));
        }
        Duration duration = Duration.ofNanos(nanos.longValue());
        return negative ? duration.negated() : duration;
    }

    private static long unit(String unit, String text) {
        if (unit.isEmpty()) {
            throw new ApiException(400, "time: missing unit in duration " + ErrorTexts.quoted(text));
        }
        Long nanos = NANOS.get(unit);
        if (nanos == null) {
            throw new ApiException(400, "time: unknown unit " + ErrorTexts.quoted(unit) + " in duration "
                + ErrorTexts.quoted(text));
        }
        return nanos;
    }
}
