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
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The connection pool of a process: it shares connections between the clients with the same endpoint and settings, enforces the
 * limits, and counts events. Thread-safe.
 *
 * <p>Permits above the transport enforce the limits, so that they mean the same on every transport.
 */
public final class TransportPoolManager implements AutoCloseable {

    private static final Duration LONGEST_TIDY_PERIOD = Duration.ofSeconds(10);
    private static final Duration SHORTEST_TIDY_PERIOD = Duration.ofMillis(50);

    private final HttpTransportFactory factory;
    private final PoolListener listener;
    private final CallScheduler scheduler = new CallScheduler();
    private final TimeoutSweeper sweeper;
    private final Lock lock = new ReentrantLock();
    private final Map<PoolKey, SharedConnections> shared = new LinkedHashMap<>(); // least recently used first; by lock
    private volatile @Nullable EndpointConnections mostRecentlyUsed; // written under lock
    private boolean closed; // guarded by lock

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
    public TransportLease lease(Endpoint endpoint, TransportSettings settings, PoolLimits limits) {
        PoolKey key = new PoolKey(endpoint, settings, limits);
        lock.lock();
        try {
            if (closed) {
                throw new ClientClosedException("the connection pool is closed", ErrorFacts.NONE);
            }
            SharedConnections entry = shared.computeIfAbsent(key, this::open);
            entry.clients++;
            return new TransportLease(this, entry.connections);
        } finally {
            lock.unlock();
        }
    }

    /** Returns the current figures of every endpoint in use. */
    public List<EndpointPool> pools() {
        List<SharedConnections> entries;
        lock.lock();
        try {
            entries = new ArrayList<>(shared.values());
        } finally {
            lock.unlock();
        }
        return entries.stream().map(entry -> entry.connections.observe()).toList();
    }

    /** Closes every connection, in use or not, and the timer; calls in progress fail. Closing again does nothing. */
    @Override
    public void close() {
        List<SharedConnections> entries;
        lock.lock();
        try {
            closed = true;
            entries = new ArrayList<>(shared.values());
            shared.clear();
            mostRecentlyUsed = null;
        } finally {
            lock.unlock();
        }
        entries.forEach(SharedConnections::close);
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
        SharedConnections abandoned = null;
        lock.lock();
        try {
            SharedConnections entry = shared.get(connections.key());
            if (entry != null && entry.connections == connections && --entry.clients == 0) {
                shared.remove(connections.key());
                abandoned = entry;
                if (mostRecentlyUsed == connections) {
                    mostRecentlyUsed = null;
                }
            }
        } finally {
            lock.unlock();
        }
        if (abandoned != null) {
            abandoned.close();
        }
    }

    private List<EndpointConnections> moveToFront(EndpointConnections connections) {
        lock.lock();
        try {
            SharedConnections entry = shared.remove(connections.key());
            if (entry == null) {
                return List.of();
            }
            shared.put(connections.key(), entry);
            mostRecentlyUsed = connections;
            int beyond = shared.size() - connections.key().limits().hosts();
            return shared.values().stream()
                    .limit(Math.max(beyond, 0))
                    .map(forgotten -> forgotten.connections)
                    .toList();
        } finally {
            lock.unlock();
        }
    }

    private SharedConnections open(PoolKey key) {
        EndpointConnections connections = new EndpointConnections(key, factory, listener, sweeper);
        return new SharedConnections(
                connections, scheduler.every(tidyPeriod(key.settings()), connections::closeExpired));
    }

    private static Duration tidyPeriod(TransportSettings settings) {
        Duration half = settings.lifetimes().idle().dividedBy(2);
        if (half.compareTo(LONGEST_TIDY_PERIOD) > 0) {
            return LONGEST_TIDY_PERIOD;
        }
        return half.compareTo(SHORTEST_TIDY_PERIOD) < 0 ? SHORTEST_TIDY_PERIOD : half;
    }

    /** Connections with the number of clients that share them. */
    private static final class SharedConnections {

        private final EndpointConnections connections;
        private final Future<?> tidying;
        private int clients; // guarded by the manager's lock

        private SharedConnections(EndpointConnections connections, Future<?> tidying) {
            this.connections = connections;
            this.tidying = tidying;
        }

        private void close() {
            tidying.cancel(false);
            connections.close();
        }
    }
}
