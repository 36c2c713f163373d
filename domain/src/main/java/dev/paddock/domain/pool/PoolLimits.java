package dev.paddock.domain.pool;

import static java.util.Objects.requireNonNull;

import dev.paddock.domain.error.ErrorFacts;
import dev.paddock.domain.error.InvalidRequestException;
import java.time.Duration;

/**
 * The limits of the connection pool; they mean the same whatever transport makes the connections. Immutable.
 *
 * @param hosts how many servers' idle connections are kept, at least 1; beyond it those of the server that was used least
 *     recently are closed
 * @param connectionsPerHost how many connections to one server may be in use at once, at least 1
 * @param whenFull what happens to a call beyond that number
 * @param leaseTimeout how long a call waits under {@link WhenFull#WAIT}, positive
 */
public record PoolLimits(int hosts, int connectionsPerHost, WhenFull whenFull, Duration leaseTimeout) {

    /** The limits of {@link PoolProfile#DEFAULT}. */
    public static final PoolLimits DEFAULT = new PoolLimits(10, 20, WhenFull.FAIL, Duration.ofSeconds(30));

    public PoolLimits {
        requireNonNull(whenFull, "whenFull");
        requireNonNull(leaseTimeout, "leaseTimeout");
        requireAtLeastOne("the number of hosts kept", hosts);
        requireAtLeastOne("the number of connections per host", connectionsPerHost);
        if (leaseTimeout.isNegative() || leaseTimeout.isZero()) {
            throw new InvalidRequestException("the lease timeout must be positive, not " + leaseTimeout, ErrorFacts.NONE);
        }
    }

    /** Returns these limits with the given number of hosts. */
    public PoolLimits withHosts(int newHosts) {
        return new PoolLimits(newHosts, connectionsPerHost, whenFull, leaseTimeout);
    }

    /** Returns these limits with the given number of connections per host. */
    public PoolLimits withConnectionsPerHost(int newConnectionsPerHost) {
        return new PoolLimits(hosts, newConnectionsPerHost, whenFull, leaseTimeout);
    }

    /** Returns these limits with the given behaviour when full. */
    public PoolLimits withWhenFull(WhenFull newWhenFull) {
        return new PoolLimits(hosts, connectionsPerHost, newWhenFull, leaseTimeout);
    }

    /** Returns these limits with the given lease timeout. */
    public PoolLimits withLeaseTimeout(Duration newLeaseTimeout) {
        return new PoolLimits(hosts, connectionsPerHost, whenFull, newLeaseTimeout);
    }

    private static void requireAtLeastOne(String what, int number) {
        if (number < 1) {
            throw new InvalidRequestException(what + " must be at least 1, not " + number, ErrorFacts.NONE);
        }
    }
}
