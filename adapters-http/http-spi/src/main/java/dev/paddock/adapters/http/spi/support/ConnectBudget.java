package dev.paddock.adapters.http.spi.support;

import static java.util.Objects.requireNonNull;

import java.net.SocketTimeoutException;
import java.time.Duration;

/** The connect timeout of one call, shared by the name lookup and all addresses of the host. Starts when created. Immutable. */
public final class ConnectBudget {

    private final long startedAt = System.nanoTime();
    private final Duration limit;

    /** Starts the budget; the limit is positive. */
    public ConnectBudget(Duration limit) {
        this.limit = requireNonNull(limit, "limit");
    }

    /** Returns the time since the start. */
    public Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - startedAt);
    }

    /**
     * Returns the remaining time, positive.
     *
     * @throws SocketTimeoutException if no time remains
     */
    public Duration remaining() throws SocketTimeoutException {
        Duration left = limit.minus(elapsed());
        if (left.isNegative() || left.isZero()) {
            throw new SocketTimeoutException("Connect timed out");
        }
        return left;
    }

    /**
     * Returns the time for the next address, an equal share of what remains.
     *
     * @param addresses the number of addresses still to be tried, including the next; at least 1
     * @throws SocketTimeoutException if no time remains
     */
    public Duration share(int addresses) throws SocketTimeoutException {
        return remaining().dividedBy(addresses);
    }
}
