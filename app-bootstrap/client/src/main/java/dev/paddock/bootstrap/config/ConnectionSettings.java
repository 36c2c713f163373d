package dev.paddock.bootstrap.config;

import static java.util.Objects.requireNonNull;

import dev.paddock.adapters.http.spi.TransportSettings;
import dev.paddock.domain.pool.PoolLimits;
import org.jspecify.annotations.Nullable;

/**
 * What connections are made with, and how many. Immutable.
 *
 * @param transport the name of the transport that makes them, or null when it is the only one that there is
 * @param pool the limits of the pool
 * @param timing how connections are opened and for how long they are kept
 */
public record ConnectionSettings(@Nullable String transport, PoolLimits pool, TransportSettings timing) {

    public ConnectionSettings {
        requireNonNull(pool, "pool");
        requireNonNull(timing, "timing");
    }

    /** Returns these settings with the transport of the given name, null for the only one. */
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
