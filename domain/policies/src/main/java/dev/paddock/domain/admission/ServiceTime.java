package dev.paddock.domain.admission;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The mean time that a server needs for a call, of which recent calls count most. Not thread-safe. */
final class ServiceTime {

    private static final int REMEMBERED = 32;

    private double meanNanos;
    private int calls;

    /** Adds the time of a call that was answered; zero or more. */
    void add(long nanos) {
        calls = Math.min(calls + 1, REMEMBERED);
        meanNanos += (Math.max(0, nanos) - meanNanos) / calls;
    }

    /**
     * Returns the expected time until a number of calls have ended, or null if no call was measured yet.
     *
     * @param ends how many calls
     * @param slots how many calls are in progress at once, positive
     */
    @Nullable Duration timeFor(long ends, int slots) {
        return calls == 0 ? null : Duration.ofNanos((long) Math.min(meanNanos * ends / slots, Long.MAX_VALUE));
    }

    /** Returns how many calls per second a number of slots serves, or NaN if no call was measured yet. */
    double perSecond(int slots) {
        return calls == 0 ? Double.NaN : slots * 1e9 / Math.max(1, meanNanos);
    }
}
