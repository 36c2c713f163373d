package dev.paddock.domain.exchange;

import dev.paddock.domain.error.ErrorFacts;
import dev.paddock.domain.error.InvalidRequestException;
import dev.paddock.domain.time.Ticker;
import java.time.Duration;

/** The moment by which a whole call, all its attempts included, must have ended. Immutable. */
public final class Deadline {

    private final Ticker ticker;
    private final long startNanos;
    private final Duration limit;

    private Deadline(Duration limit, Ticker ticker) {
        this.ticker = ticker;
        this.startNanos = ticker.nanos();
        this.limit = limit;
    }

    /**
     * Returns the deadline a given time from now.
     *
     * @throws InvalidRequestException if the time is zero, negative or longer than 292 years
     */
    public static Deadline after(Duration limit, Ticker ticker) {
        if (limit.isNegative() || limit.isZero() || limit.compareTo(Duration.ofNanos(Long.MAX_VALUE)) > 0) {
            throw new InvalidRequestException("the time limit of a call must be positive, not " + limit, ErrorFacts.NONE);
        }
        return new Deadline(limit, ticker);
    }

    /** Returns the time that was allowed at the start. */
    public Duration limit() {
        return limit;
    }

    /** Returns the time that is left, zero when the deadline has passed. */
    public Duration remaining() {
        long left = limit.toNanos() - (ticker.nanos() - startNanos);
        return left > 0 ? Duration.ofNanos(left) : Duration.ZERO;
    }

    /** Returns whether the deadline has passed. */
    public boolean isExpired() {
        return remaining().isZero();
    }
}
