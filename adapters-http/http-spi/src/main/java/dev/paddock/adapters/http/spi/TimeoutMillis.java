package dev.paddock.adapters.http.spi;

import java.time.Duration;

/** Converts durations to the timeouts of sockets: whole milliseconds, where zero would mean no limit. */
public final class TimeoutMillis {

    private static final Duration LONGEST = Duration.ofMillis(Integer.MAX_VALUE);

    private TimeoutMillis() {}

    /** Returns a duration rounded up, at least 1 and at most the greatest int. */
    public static int of(Duration duration) {
        if (duration.compareTo(LONGEST) >= 0) {
            return Integer.MAX_VALUE;
        }
        long roundedUp = duration.plusNanos(999_999).toMillis();
        return (int) Math.max(1, roundedUp);
    }
}
