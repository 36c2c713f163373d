package dev.paddock.adapters.http.pool;

import dev.paddock.domain.exchange.Endpoint;
import java.time.Duration;

/** Hears how long calls wait for connections. Thread-safe, never blocks, never throws. */
public interface PoolListener {

    /** A call was let through to the given endpoint after waiting for the given time, zero when it did not wait. */
    void acquired(Endpoint endpoint, Duration waited);

    /** A connection to the given endpoint was opened, which took the given time, host name and TLS included. */
    void connected(Endpoint endpoint, Duration took);

    /** Returns a listener that does not listen. */
    static PoolListener none() {
        return NoOpPoolListener.INSTANCE;
    }
}
