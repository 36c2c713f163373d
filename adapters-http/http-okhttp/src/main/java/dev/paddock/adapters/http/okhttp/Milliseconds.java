package dev.paddock.adapters.http.okhttp;

import java.time.Duration;

/** Durations as sockets count them: whole milliseconds, of which zero would mean for ever. */
final class Milliseconds {

    private static final Duration LONGEST = Duration.ofMillis(Integer.MAX_VALUE);

    private Milliseconds() {}

    /** Returns the duration rounded up, at least 1. */
    static int of(Duration duration) {
        if (duration.compareTo(LONGEST) >= 0) {
            return Integer.MAX_VALUE;
        }
        long roundedUp = duration.plusNanos(999_999).toMillis();
        return (int) Math.max(1, roundedUp);
    }
}
