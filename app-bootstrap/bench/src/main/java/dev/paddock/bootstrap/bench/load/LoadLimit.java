package dev.paddock.bootstrap.bench.load;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The end of a load: after a number of requests or after a time. Exactly one of them is set.
 *
 * @param requests the number of requests, 0 or more, or null
 * @param duration the time from the start after which no request is sent, more than zero, or null; answers are still awaited
 */
public record LoadLimit(@Nullable Integer requests, @Nullable Duration duration) {

    public LoadLimit {
        if ((requests == null) == (duration == null)) {
            throw new IllegalArgumentException("a load ends after a number of requests or after a time");
        }
        if ((requests != null && requests < 0) || (duration != null && (duration.isNegative() || duration.isZero()))) {
            throw new IllegalArgumentException("the number of requests or the duration is out of range");
        }
    }

    /** Returns the limit of a number of requests. */
    public static LoadLimit ofRequests(int requests) {
        return new LoadLimit(requests, null);
    }

    /** Returns the limit of a time. */
    public static LoadLimit lasting(Duration duration) {
        return new LoadLimit(null, duration);
    }

    /** Returns whether nothing is sent. */
    public boolean isNone() {
        return requests != null && requests == 0;
    }

    /** Returns the greatest number of requests. */
    public long most() {
        return requests == null ? Long.MAX_VALUE : requests;
    }

    /** Returns the limit as text, for example {@code 100 requests} or {@code 30 s}. */
    public String toText() {
        if (duration != null) {
            return DurationText.of(duration);
        }
        return requests != null && requests == 1 ? "1 request" : requests + " requests";
    }
}
