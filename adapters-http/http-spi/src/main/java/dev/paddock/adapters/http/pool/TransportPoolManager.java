package dev.paddock.adapters.http.pool;

import static java.util.Objects.requireNonNull;

import dev.paddock.adapters.http.spi.HttpTransportFactory;
import dev.paddock.adapters.http.spi.TransportSettings;
import dev.paddock.domain.error.ClientClosedException;
import dev.paddock.domain.error.ErrorFacts;
import dev.paddock.domain.exchange.Endpoint;
import dev.paddock.domain.pool.EndpointPool;
import dev.paddock.domain.pool.PoolLimits;
import dev.paddock.domain.time.Ticker;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The connection pool of a process: it shares connections between the clients with the same endpoint and settings, enforces the
 * limits, and counts events. Thread-safe.
 *
 * <p>Permits above the transport enforce the limits, so that they mean the same on every transport.
 */
public final class TransportPoolManager implements AutoCloseable {

    private final HttpTransportFactory factory;
    private final PoolListener listener;
    private final CallScheduler scheduler = new CallScheduler();
    private final TimeoutSweeper sweeper;
    /** The least recently used first; guarded by this. */
    private final Map<EndpointConnections.PoolKey, EndpointConnections> shared = new LinkedHashMap<>();

    private volatile @Nullable EndpointConnections mostRecentlyUsed; // written under the lock of this
    private boolean closed; // guarded by this

    /** Creates an empty pool over one kind of transport; nothing is opened before a client calls. */
    public TransportPoolManager(HttpTransportFactory factory, PoolListener listener, Ticker ticker) {
        this.factory = requireNonNull(factory, "factory");
        this.listener = requireNonNull(listener, "listener");
        this.sweeper = new TimeoutSweeper(scheduler, requireNonNull(ticker, "ticker"));
    }

    /**
     * Returns a share in the connections to an endpoint, to be closed by the client.
     *
     * @throws ClientClosedException if the pool is closed
     */
    public synchronized TransportLease lease(Endpoint endpoint, TransportSettings settings, PoolLimits limits) {
        EndpointConnections.PoolKey key = new EndpointConnections.PoolKey(endpoint, settings, limits);
        if (closed) {
            throw new ClientClosedException("the connection pool is closed", ErrorFacts.NONE);
        }
        EndpointConnections connections = shared.computeIfAbsent(
                key, unused -> new EndpointConnections(key, factory, listener, sweeper));
        connections.clients++;
        return new TransportLease(this, connections);
    }

    /** Returns the current figures of every endpoint in use. */
    public List<EndpointPool> pools() {
        List<EndpointConnections> entries;
        synchronized (this) {
            entries = new ArrayList<>(shared.values());
        }
        return entries.stream().map(EndpointConnections::observe).toList();
    }

    /** Closes every connection, in use or not, and the timer; calls in progress fail. Closing again does nothing. */
    @Override
    public void close() {
        List<EndpointConnections> entries;
        synchronized (this) {
            closed = true;
            entries = new ArrayList<>(shared.values());
            shared.clear();
            mostRecentlyUsed = null;
        }
        entries.forEach(EndpointConnections::close);
        scheduler.stop();
    }

    /** Marks connections as most recently used, and closes the idle ones of the hosts that exceed the limit. */
    void markUsed(EndpointConnections connections) {
        if (mostRecentlyUsed == connections) {
            return;
        }
        for (EndpointConnections forgotten : moveToFront(connections)) {
            forgotten.closeIdle();
        }
    }

    /** Releases one client's share; the last release closes the connections. */
    void release(EndpointConnections connections) {
        synchronized (this) {
            if (shared.get(connections.key()) != connections || --connections.clients > 0) {
                return;
            }
            shared.remove(connections.key());
            if (mostRecentlyUsed == connections) {
                mostRecentlyUsed = null;
            }
        }
        connections.close();
    }

    private synchronized List<EndpointConnections> moveToFront(EndpointConnections connections) {
        if (!shared.remove(connections.key(), connections)) {
            return List.of();
        }
        shared.put(connections.key(), connections);
        mostRecentlyUsed = connections;
        int beyond = shared.size() - connections.key().limits().hosts();
        return shared.values().stream().limit(Math.max(beyond, 0)).toList();
    }
}
