package dev.paddock.adapters.http.pool;

import dev.paddock.domain.exchange.Endpoint;
import java.time.Duration;

/** Receives how long calls wait for connections. Thread-safe, never blocks, never throws. */
public interface PoolListener {

    /** A call got its permit for the given endpoint after waiting for the given time, zero when it did not wait. */
    default void acquired(Endpoint endpoint, Duration waited) {}

    /** A connection to the given endpoint was opened, which took the given time, host name and TLS included. */
    default void connected(Endpoint endpoint, Duration took) {}

    /** Returns a listener that ignores everything. */
    static PoolListener none() {
        return new PoolListener() {};
    }
}
