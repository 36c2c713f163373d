package dev.paddock.adapters.http.apache5;

import java.net.SocketTimeoutException;
import java.time.Duration;

/** What is left of a time limit that several waits share. Immutable. */
final class Countdown {

    private final long startedAt = System.nanoTime();
    private final Duration limit;

    Countdown(Duration limit) {
        this.limit = limit;
    }

    Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - startedAt);
    }

    /** Returns what is left, more than zero. */
    Duration left() throws SocketTimeoutException {
        Duration left = limit.minus(elapsed());
        if (left.isNegative() || left.isZero()) {
            throw new SocketTimeoutException("Connect timed out");
        }
        return left;
    }
}
