package dev.paddock.domain.exchange;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/**
 * Reads how long a server asks to wait: {@code retry-after-ms} as OpenAI sends it, or {@code Retry-After} in seconds or
 * as a date (RFC 9110, section 10.2.3). A date counts from the {@code Date} of the same answer, so that no two clocks
 * are compared.
 */
public final class RetryAfter {

    private static final int MOST_DIGITS = 10;

    private RetryAfter() {}

    /** Returns the wait, or null when the server does not say, or says something that is none. */
    public static @Nullable Duration of(Headers headers) {
        Long milliseconds = number(headers.first("retry-after-ms"));
        if (milliseconds != null) {
            return Duration.ofMillis(milliseconds);
        }
        String value = headers.first("Retry-After");
        Long seconds = number(value);
        return seconds == null ? untilDate(value, headers.first("Date")) : Duration.ofSeconds(seconds);
    }

    private static @Nullable Long number(@Nullable String value) {
        String text = value == null ? "" : value.strip();
        boolean isNumber = !text.isEmpty()
                && text.length() <= MOST_DIGITS
                && text.chars().allMatch(character -> character >= '0' && character <= '9');
        return isNumber ? Long.valueOf(text) : null;
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
