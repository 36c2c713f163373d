package dev.paddock.adapters.http.wire.json;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * Reads a point in time as RFC 3339 writes it. Every chunk of a stream has one, and the formatter of the platform took longer
 * for it than the rest of the chunk did; so the usual form is read here, and every other one there.
 */
final class Rfc3339 {

    private static final int SECONDS_OF_DAY = 24 * 60 * 60;
    private static final int FRACTION = "2026-11-22T10:11:12".length();
    private static final int MOST_DIGITS = 9;

    private final CharSequence text;
    private int at;

    private Rfc3339(CharSequence text) {
        this.text = text;
    }

    /** Returns the time, or null when the text is none. */
    static @Nullable Instant parse(CharSequence text) {
        try {
            Instant usual = new Rfc3339(text).usual();
            return usual == null ? OffsetDateTime.parse(text).toInstant() : usual;
        } catch (DateTimeException noTime) {
            return null;
        }
    }

    /** Returns a time of the form {@code 2026-11-22T10:11:12.123456789Z}, or null when it has another one. */
    private @Nullable Instant usual() {
        if (text.length() <= FRACTION || !hasMarks()) {
            return null;
        }
        int year = number(0, 4);
        int month = number(5, 2);
        int day = number(8, 2);
        int hour = number(11, 2);
        int minute = number(14, 2);
        int second = number(17, 2);
        boolean plausible = year > 0 && month >= 1 && month <= 12 && day >= 1
                && hour >= 0 && hour <= 23 && minute >= 0 && minute <= 59 && second >= 0 && second <= 59;
        int nanos = fraction();
        if (!plausible || nanos < 0 || at != text.length() - 1 || text.charAt(at) != 'Z') {
            return null;
        }
        long days = LocalDate.of(year, month, day).toEpochDay(); // throws when the month has no such day
        return Instant.ofEpochSecond(days * SECONDS_OF_DAY + hour * 3600L + minute * 60L + second, nanos);
    }

    private boolean hasMarks() {
        return text.charAt(4) == '-' && text.charAt(7) == '-' && text.charAt(10) == 'T' && text.charAt(13) == ':'
                && text.charAt(16) == ':';
    }

    /** Returns the number of these digits, or one below zero when some are none. */
    private int number(int from, int length) {
        int number = 0;
        for (int index = from; index < from + length; index++) {
            int digit = text.charAt(index) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = number * 10 + digit;
        }
        return number;
    }

    /** Returns the nanoseconds below the second, or one below zero when there are too many digits or none behind the point. */
    private int fraction() {
        at = FRACTION;
        if (text.charAt(at) != '.') {
            return 0;
        }
        at++;
        int digits = 0;
        int nanos = 0;
        for (; at < text.length() && isDigit(text.charAt(at)); at++) {
            nanos = nanos * 10 + text.charAt(at) - '0';
            digits++;
        }
        if (digits == 0 || digits > MOST_DIGITS) {
            return -1; // what overflowed is not looked at
        }
        for (; digits < MOST_DIGITS; digits++) {
            nanos *= 10;
        }
        return nanos;
    }

    private static boolean isDigit(char character) {
        return character >= '0' && character <= '9';
    }
}
