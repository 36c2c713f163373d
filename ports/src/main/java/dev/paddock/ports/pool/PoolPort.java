package dev.paddock.ports.pool;

import dev.paddock.domain.pool.EndpointPool;
import java.util.List;

/** Shows the pool of connections. Implementations are thread-safe and quick: looking costs no connection. */
@FunctionalInterface
public interface PoolPort {

    /** Returns the pools of all servers in use at this instant, in no particular order; empty when there is none. */
    List<EndpointPool> pools();
}
