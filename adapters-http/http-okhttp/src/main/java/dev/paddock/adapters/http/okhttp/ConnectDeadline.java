package dev.paddock.adapters.http.okhttp;

import java.net.SocketTimeoutException;
import java.time.Duration;

/** The time in which a call must have connected: the lookup of the name and all addresses share it. Confined to the call. */
final class ConnectDeadline {

    private final Duration limit;
    private boolean begun;
    private long startedAt;
    private int candidates = 1;

    ConnectDeadline(Duration limit) {
        this.limit = limit;
    }

    /** Begins to count, once. */
    void begin() {
        if (!begun) {
            begun = true;
            startedAt = System.nanoTime();
        }
    }

    Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - startedAt);
    }

    /** Returns what is left, zero or less when the time is over. */
    long leftNanos() {
        return limit.minus(elapsed()).toNanos();
    }

    /** Says how many addresses may be tried. */
    void shareAmong(int addresses) {
        candidates = addresses;
    }

    /** Returns the time for the next address, so that those after it have as much, more than zero. */
    Duration nextShare() throws SocketTimeoutException {
        long left = leftNanos();
        if (left <= 0) {
            throw new SocketTimeoutException("Connect timed out");
        }
        Duration share = Duration.ofNanos(left).dividedBy(Math.max(1, candidates));
        candidates--;
        return share;
    }
}
