package dev.paddock.bootstrap.config;

import static java.util.Objects.requireNonNull;

import dev.paddock.adapters.http.spi.TransportSettings;
import dev.paddock.domain.pool.PoolLimits;
import org.jspecify.annotations.Nullable;

/**
 * The transport and the connection pool. Immutable.
 *
 * @param transport the name of the transport, or null for the default
 * @param pool the limits of the pool
 * @param timing timeouts of opening connections, and their lifetimes
 */
public record ConnectionSettings(@Nullable String transport, PoolLimits pool, TransportSettings timing) {

    public ConnectionSettings {
        requireNonNull(pool, "pool");
        requireNonNull(timing, "timing");
    }

    /** Returns these settings with the transport of the given name, null for the default. */
    public ConnectionSettings withTransport(@Nullable String newTransport) {
        return new ConnectionSettings(newTransport, pool, timing);
    }

    /** Returns these settings with the given limits. */
    public ConnectionSettings withPool(PoolLimits newPool) {
        return new ConnectionSettings(transport, newPool, timing);
    }

    /** Returns these settings with the given timing. */
    public ConnectionSettings withTiming(TransportSettings newTiming) {
        return new ConnectionSettings(transport, pool, newTiming);
    }
}
