package dev.paddock.adapters.http.resilience;

import dev.paddock.domain.exchange.Headers;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/**
 * How long a server asks to wait (RFC 9110, section 10.2.3), also as {@code retry-after-ms}, which the SDKs of OpenAI know.
 * A date counts from the server's own {@code Date}, so that no clock of this machine matters.
 */
final class RetryAfter {

    /** Whoever asks for more is not waited for in any case. */
    private static final Duration LONGEST = Duration.ofDays(1);

    private static final int MOST_DIGITS = 12;

    private RetryAfter() {}

    /** Returns the wait, a day at most, or null when the server asks for none that can be understood. */
    static @Nullable Duration of(Headers headers) {
        Duration wait = asked(headers);
        return wait == null || wait.compareTo(LONGEST) < 0 ? wait : LONGEST;
    }

    private static @Nullable Duration asked(Headers headers) {
        Long milliseconds = number(headers.first("retry-after-ms"));
        if (milliseconds != null) {
            return Duration.ofMillis(milliseconds);
        }
        String value = headers.first("Retry-After");
        Long seconds = number(value);
        return seconds != null ? Duration.ofSeconds(seconds) : untilDate(value, headers.first("Date"));
    }

    private static @Nullable Duration untilDate(@Nullable String then, @Nullable String now) {
        ZonedDateTime end = date(then);
        ZonedDateTime start = date(now);
        if (end == null || start == null) {
            return null;
        }
        Duration wait = Duration.between(start, end);
        return wait.isNegative() ? Duration.ZERO : wait;
    }

    private static @Nullable Long number(@Nullable String text) {
        if (text == null) {
            return null;
        }
        String digits = text.strip();
        boolean isNumber = !digits.isEmpty()
                && digits.length() <= MOST_DIGITS
                && digits.chars().allMatch(digit -> digit >= '0' && digit <= '9');
        return isNumber ? Long.valueOf(digits) : null;
    }

    private static @Nullable ZonedDateTime date(@Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            return ZonedDateTime.parse(text.strip(), DateTimeFormatter.RFC_1123_DATE_TIME);
        } catch (DateTimeException noDate) {
            return null;
        }
    }
}
