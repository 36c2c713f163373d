package dev.paddock.adapters.http.wire.json;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * Reads a point in time in the format of RFC 3339. Every chunk of a stream has one, and the formatter of the platform takes longer for it
 * than the rest of the chunk does; so the usual form is read here, and every other one there.
 */
final class Rfc3339 {

    private static final int SECONDS_OF_DAY = 24 * 60 * 60;
    private static final int FRACTION = "2026-11-22T10:11:12".length();
    private static final int MOST_FRACTION_DIGITS = 9;

    private Rfc3339() {}

    /** Returns the time, or null when the text is none. */
    static @Nullable Instant parse(CharSequence text) {
        try {
            Instant usual = usual(text);
            return usual == null ? OffsetDateTime.parse(text).toInstant() : usual;
        } catch (DateTimeException noTime) {
            return null;
        }
    }

    /** Returns a time of the form {@code 2026-11-22T10:11:12.123456789Z}, or null when it has another one. */
    private static @Nullable Instant usual(CharSequence text) {
        int end = text.length() - 1;
        if (end < FRACTION || text.charAt(end) != 'Z' || !hasSeparators(text)) {
            return null;
        }
        int year = number(text, 0, 4);
        int month = number(text, 5, 7);
        int day = number(text, 8, 10);
        int hour = number(text, 11, 13);
        int minute = number(text, 14, 16);
        int second = number(text, 17, 19);
        int nanos = nanos(text, end);
        // The platform takes 24:00 for the next day.
        if ((year | month | day | hour | minute | second | nanos) < 0 || hour > 23 || minute > 59 || second > 59) {
            return null;
        }
        // This throws if the month has no such day.
        long days = LocalDate.of(year, month, day).toEpochDay();
        return Instant.ofEpochSecond(days * SECONDS_OF_DAY + hour * 3600L + minute * 60L + second, nanos);
    }

    private static boolean hasSeparators(CharSequence text) {
        return text.charAt(4) == '-' && text.charAt(7) == '-' && text.charAt(10) == 'T' && text.charAt(13) == ':'
                && text.charAt(16) == ':';
    }

    /** Returns the nanoseconds below the second; a negative number if there are too many digits, or none behind the point. */
    private static int nanos(CharSequence text, int end) {
        int digits = end - FRACTION - 1;
        if (digits < 0) {
            return 0;
        }
        int nanos = digits == 0 || digits > MOST_FRACTION_DIGITS || text.charAt(FRACTION) != '.' ? -1 : number(text, FRACTION + 1, end);
        for (int index = digits; nanos > 0 && index < MOST_FRACTION_DIGITS; index++) {
            nanos *= 10;
        }
        return nanos;
    }

    /** Returns the number that these digits are, or -1 if one is none. */
    private static int number(CharSequence text, int from, int end) {
        int number = 0;
        for (int index = from; index < end; index++) {
            int digit = text.charAt(index) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = number * 10 + digit;
        }
        return number;
    }
}
