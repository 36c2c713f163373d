package dev.paddock.adapters.http.apache5;

import java.time.Duration;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/** Durations as the sockets and the library count them: whole milliseconds, of which zero would mean for ever. */
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

    static Timeout timeout(Duration duration) {
        return Timeout.ofMilliseconds(of(duration));
    }

    static TimeValue timeValue(Duration duration) {
        return TimeValue.ofMilliseconds(of(duration));
    }
}
