package dev.paddock.adapters.http.wire.json;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Reads values that mean more than their JSON type says. */
public final class WireValues {

    /** Go writes a time that was never set so. */
    private static final Instant NEVER_SET = Instant.parse("0001-01-01T00:00:00Z");

    private WireValues() {}

    /** Returns a duration that is given in nanoseconds, or null for null. */
    public static @Nullable Duration nanoseconds(JsonReader value) throws IOException {
        Long nanoseconds = value.longOrNull();
        return nanoseconds == null ? null : Duration.ofNanos(nanoseconds);
    }

    /**
     * Returns a time that is given as RFC 3339 has it, with up to nine digits below the second; null when it was never
     * set.
     */
    public static @Nullable Instant timestamp(JsonReader value) throws IOException {
        if (value.isNull()) {
            return null;
        }
        CharSequence text = value.characters();
        if (text.isEmpty()) {
            return null;
        }
        Instant instant = Rfc3339.parse(text);
        value.require(instant != null, "an RFC 3339 time");
        return NEVER_SET.equals(instant) ? null : instant;
    }

    /** Returns a time that is given in seconds since 1970, or null for null and 0. */
    public static @Nullable Instant epochSeconds(JsonReader value) throws IOException {
        long seconds = value.longValue();
        value.require(seconds >= 0 && seconds <= Instant.MAX.getEpochSecond(), "a time in seconds");
        return seconds == 0 ? null : Instant.ofEpochSecond(seconds);
    }
}
