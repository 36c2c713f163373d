package dev.paddock.adapters.http.sim.format;

import com.fasterxml.jackson.databind.util.RawValue;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times, durations, numbers and digests as Ollama, a Go program, reads and writes them. */
public final class GoFormat {
    private static final DateTimeFormatter TIME = new DateTimeFormatterBuilder()
        .appendPattern("uuuu-MM-dd'T'HH:mm:ss")
        .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
        .appendPattern("XXX")
        .toFormatter(Locale.ROOT);
    private static final Pattern DURATION_PART = Pattern.compile("(\\d+\\.?\\d*|\\.\\d+)([^\\d.]*)");
    private static final Map<String, Long> UNIT_NANOS = Map.of(
        "ns", 1L, "us", 1_000L, "µs", 1_000L, "μs", 1_000L, "ms", 1_000_000L, "s", 1_000_000_000L,
        "m", 60_000_000_000L, "h", 3_600_000_000_000L);
    private static final double SMALLEST_PLAIN = 1e-6;
    private static final double SMALLEST_LARGE = 1e21;
    private static final int DIGEST_STEP = 64 * 1024;

    private GoFormat() {
    }

    /** RFC 3339 with up to nine digits of fraction and no trailing zeros. */
    public static String time(Instant time, ZoneId zone) {
        return TIME.format(time.atZone(zone));
    }

    /** Reads a duration as Go's {@code time.ParseDuration} does: {@code 1h30m}, {@code -1.5s}, {@code 0}. */
    public static Duration duration(String text) {
        boolean negative = text.startsWith("-");
        String rest = negative || text.startsWith("+") ? text.substring(1) : text;
        if ("0".equals(rest)) {
            return Duration.ZERO;
        }
        Matcher parts = DURATION_PART.matcher(rest);
        BigDecimal nanos = BigDecimal.ZERO;
        int position = 0;
        while (position < rest.length() && parts.find(position) && parts.start() == position) {
            nanos = nanos.add(new BigDecimal(parts.group(1)).multiply(BigDecimal.valueOf(unit(parts.group(2), text))));
            position = parts.end();
        }
        if (rest.isEmpty() || position < rest.length()) {
            throw OllamaError.INVALID_DURATION.with(text);
        }
        Duration duration = Duration.ofNanos(nanos.longValue());
        return negative ? duration.negated() : duration;
    }

    private static long unit(String unit, String text) {
        if (unit.isEmpty()) {
            throw OllamaError.MISSING_UNIT.with(text);
        }
        Long nanos = UNIT_NANOS.get(unit);
        if (nanos == null) {
            throw OllamaError.UNKNOWN_UNIT.with(unit, text);
        }
        return nanos;
    }

    /** A {@code float32} as Go prints it in JSON. */
    public static RawValue number(float value) {
        return number(Float.toString(value), Math.abs(value));
    }

    /** A {@code float64} as Go prints it in JSON. */
    public static RawValue number(double value) {
        return number(Double.toString(value), Math.abs(value));
    }

    private static RawValue number(String shortest, double magnitude) {
        if (magnitude == 0) {
            return new RawValue("0");
        }
        if (magnitude >= SMALLEST_PLAIN && magnitude < SMALLEST_LARGE) {
            return new RawValue(new BigDecimal(shortest).stripTrailingZeros().toPlainString());
        }
        return new RawValue(shortest.replace(".0E", "E").replace('E', 'e').replaceAll("e(\\d)", "e+$1"));
    }

    /** The SHA-256 of a text in UTF-8, in hexadecimal. */
    public static String sha256(String text) {
        return sha256(text.getBytes(StandardCharsets.UTF_8));
    }

    /** SHA-256 in hexadecimal, the way Ollama names blobs and manifests. */
    public static String sha256(byte[] bytes) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            // In one call, a large array would be digested to its end by code that is not compiled yet.
            for (int at = 0; at < bytes.length; at += DIGEST_STEP) {
                digest.update(bytes, at, Math.min(DIGEST_STEP, bytes.length - at));
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
