package dev.paddock.adapters.http.wire.json;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Reads optional values that mean more than their JSON type says. A value that cannot be read is null, which means unknown. */
public final class WireValues {

    /** Go writes a time that was never set so. */
    private static final Instant NEVER_SET = Instant.parse("0001-01-01T00:00:00Z");

    private static final Instant EARLIEST = Instant.parse("0000-01-01T00:00:00Z");

    /** Later times cannot be shown in every time zone, and no server means them. */
    private static final Instant LATEST = Instant.parse("9999-12-31T00:00:00Z");

    private WireValues() {}

    /** Returns a number of tokens, bytes or the like; null when there is none, or it is negative. */
    public static @Nullable Integer count(JsonReader value) throws IOException {
        Integer count = value.optional().intOrNull();
        return count == null || count < 0 ? null : count;
    }

    /** Returns the number of an element, which some servers send as a text; null when there is none. */
    public static @Nullable Integer index(JsonReader value) throws IOException {
        if (!value.isText()) {
            return value.optional().intOrNull();
        }
        return index(value.text());
    }

    /** Returns the number of an element that is a text; null when it is none. */
    static @Nullable Integer index(String text) {
        return text.matches("[0-9]{1,9}") ? Integer.valueOf(text) : null;
    }

    /** Returns a number of bytes, 0 when it is unknown. */
    public static long bytes(JsonReader value) throws IOException {
        Long bytes = value.optional().longOrNull();
        return bytes == null ? 0 : Math.max(0, bytes);
    }

    /** Returns a duration that is given in nanoseconds; null when there is none, or it is negative. */
    public static @Nullable Duration nanoseconds(JsonReader value) throws IOException {
        Long nanoseconds = value.optional().longOrNull();
        return nanoseconds == null || nanoseconds < 0 ? null : Duration.ofNanos(nanoseconds);
    }

    /** Returns a time in the format of RFC 3339, with up to nine digits below the second; null when it was never set. */
    public static @Nullable Instant timestamp(JsonReader value) throws IOException {
        if (!value.isText()) {
            value.skip();
            return null;
        }
        return timestamp(value.characters());
    }

    /** Returns a time as {@link #timestamp(JsonReader)} does; null also when the text is none. */
    public static @Nullable Instant timestamp(CharSequence text) {
        Instant instant = Rfc3339.parse(text);
        return NEVER_SET.equals(instant) || instant == null || !isPlausible(instant) ? null : instant;
    }

    /** Returns a time that is given in seconds since 1970; null for 0. */
    public static @Nullable Instant epochSeconds(JsonReader value) throws IOException {
        Long seconds = value.optional().longOrNull();
        return seconds == null || seconds <= 0 || seconds > LATEST.getEpochSecond() ? null : Instant.ofEpochSecond(seconds);
    }

    private static boolean isPlausible(Instant instant) {
        return !instant.isBefore(EARLIEST) && !instant.isAfter(LATEST);
    }
}
