package dev.paddock.adapters.http.exchange;

import static java.util.Objects.requireNonNull;

import dev.paddock.adapters.http.pool.TransportPoolManager;
import dev.paddock.domain.pool.EndpointPool;
import dev.paddock.ports.pool.PoolPort;
import java.util.List;

/** Shows the connections of a pool manager. Thread-safe. */
public final class TransportPoolPort implements PoolPort {

    private final TransportPoolManager manager;

    /** Creates the port to the given pool. */
    public TransportPoolPort(TransportPoolManager manager) {
        this.manager = requireNonNull(manager, "manager");
    }

    @Override
    public List<EndpointPool> pools() {
        return manager.pools();
    }
}
