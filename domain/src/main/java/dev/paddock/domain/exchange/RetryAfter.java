package dev.paddock.domain.exchange;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads how long a server asks to wait: {@code retry-after-ms} as OpenAI sends it, or {@code Retry-After} in seconds or
 * as a date (RFC 9110, section 10.2.3). A date counts from the {@code Date} of the same answer, so that no two clocks
 * are compared. Numbers may have a fraction and units, as in {@code 1.5}, {@code 10s}, {@code 500ms} or {@code 1m30s}, which the standard
 * does not have but servers send. A fraction of a nanosecond is dropped.
 */
public final class RetryAfter {

    private static final int LONGEST_VALUE = 40;
    private static final int MOST_DIGITS = 10;
    private static final Pattern PART = Pattern.compile("(\\d{1," + MOST_DIGITS + "}(?:\\.\\d+)?) *([a-z]*) *");
    private static final BigDecimal NANOS_PER_SECOND = BigDecimal.valueOf(1_000_000_000L);
    private static final BigDecimal NANOS_PER_MILLISECOND = BigDecimal.valueOf(1_000_000L);

    private RetryAfter() {}

    /** Returns the wait, or null when the server does not say, or says something that is none. */
    public static @Nullable Duration of(Headers headers) {
        Duration precise = duration(headers.first("retry-after-ms"), NANOS_PER_MILLISECOND);
        if (precise != null) {
            return precise;
        }
        String value = headers.first("Retry-After");
        Duration wait = duration(value, NANOS_PER_SECOND);
        return wait == null ? untilDate(value, headers.first("Date")) : wait;
    }

    /** Returns the sum of the parts of a value; null when it is not made of numbers and units. */
    private static @Nullable Duration duration(@Nullable String value, BigDecimal nanosWithoutUnit) {
        String text = value == null ? "" : value.strip().toLowerCase(Locale.ROOT);
        if (text.isEmpty() || text.length() > LONGEST_VALUE) {
            return null;
        }
        Matcher part = PART.matcher(text);
        BigDecimal nanos = BigDecimal.ZERO;
        int end = 0;
        while (end < text.length() && part.find(end) && part.start() == end) {
            BigDecimal unit = nanosOf(part.group(2), nanosWithoutUnit);
            boolean isRest = part.group(2).isEmpty() && (end > 0 || part.end() < text.length());
            if (unit == null || isRest) {
                return null;
            }
            nanos = nanos.add(new BigDecimal(part.group(1)).multiply(unit));
            end = part.end();
        }
        return end == text.length() ? toDuration(nanos) : null;
    }

    private static Duration toDuration(BigDecimal nanos) {
        BigDecimal[] parts = nanos.divideAndRemainder(NANOS_PER_SECOND);
        return Duration.ofSeconds(parts[0].longValue(), parts[1].longValue());
    }

    private static @Nullable BigDecimal nanosOf(String unit, BigDecimal withoutUnit) {
        return switch (unit) {
            case "" -> withoutUnit;
            case "ms", "millisecond", "milliseconds" -> NANOS_PER_MILLISECOND;
            case "s", "sec", "second", "seconds" -> NANOS_PER_SECOND;
            case "m", "min", "minute", "minutes" -> NANOS_PER_SECOND.multiply(BigDecimal.valueOf(60));
            case "h", "hour", "hours" -> NANOS_PER_SECOND.multiply(BigDecimal.valueOf(3600));
            default -> null;
        };
    }

    private static @Nullable Duration untilDate(@Nullable String value, @Nullable String now) {
        Instant until = date(value);
        Instant from = until == null ? null : date(now); // hardly any answer asks for a wait, and every one has a date
        if (until == null || from == null || until.isBefore(from)) {
            return null;
        }
        return Duration.between(from, until);
    }

    private static @Nullable Instant date(@Nullable String value) {
        if (value == null) {
            return null;
        }
        try {
            return ZonedDateTime.parse(value.strip(), DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
        } catch (DateTimeException notDate) {
            return null;
        }
    }
}
