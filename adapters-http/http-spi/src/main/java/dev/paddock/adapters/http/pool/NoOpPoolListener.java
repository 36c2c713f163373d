package dev.paddock.adapters.http.pool;

import dev.paddock.domain.exchange.Endpoint;
import java.time.Duration;

/** Forgets everything it hears. */
enum NoOpPoolListener implements PoolListener {
    INSTANCE;

    @Override
    public void acquired(Endpoint endpoint, Duration waited) {}

    @Override
    public void connected(Endpoint endpoint, Duration took) {}
}
