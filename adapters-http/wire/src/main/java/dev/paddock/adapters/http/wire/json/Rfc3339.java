package dev.paddock.adapters.http.wire.json;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * Reads a point in time in the format of RFC 3339. Every chunk of a stream has one, and the formatter of the platform takes longer for it
 * than the rest of the chunk does; so the usual form is read here, and every other one there.
 */
final class Rfc3339 {

    private static final String USUAL = "0000-00-00T00:00:00";
    private static final int MOST_FRACTION_DIGITS = 9;

    private Rfc3339() {}

    /** Returns the time, or null when the text is none. */
    static @Nullable Instant parse(CharSequence text) {
        try {
            return isUsual(text) ? usual(text) : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException noTime) {
            return null;
        }
    }

    /** Returns whether the form is that of {@code 2026-11-22T10:11:12.123456789Z}, with a time of day that exists. */
    private static boolean isUsual(CharSequence text) {
        int end = text.length() - 1;
        int fractionDigits = end - USUAL.length() - 1;
        if (fractionDigits < -1 || fractionDigits == 0 || fractionDigits > MOST_FRACTION_DIGITS || text.charAt(end) != 'Z') {
            return false;
        }
        for (int index = 0; index < end; index++) {
            char expected = index < USUAL.length() ? USUAL.charAt(index) : index == USUAL.length() ? '.' : '0';
            char actual = text.charAt(index);
            if (expected == '0' ? actual < '0' || actual > '9' : actual != expected) {
                return false;
            }
        }
        return number(text, 11, 13) < 24; // the platform takes 24:00 for the next day
    }

    private static Instant usual(CharSequence text) {
        LocalDateTime time = LocalDateTime.of(
                number(text, 0, 4), number(text, 5, 7), number(text, 8, 10),
                number(text, 11, 13), number(text, 14, 16), number(text, 17, 19));
        int nanos = 0;
        for (int index = USUAL.length() + 1; index <= USUAL.length() + MOST_FRACTION_DIGITS; index++) {
            nanos = nanos * 10 + (index < text.length() - 1 ? text.charAt(index) - '0' : 0);
        }
        return Instant.ofEpochSecond(time.toEpochSecond(ZoneOffset.UTC), nanos);
    }

    private static int number(CharSequence text, int from, int end) {
        int number = 0;
        for (int index = from; index < end; index++) {
            number = number * 10 + text.charAt(index) - '0';
        }
        return number;
    }
}
