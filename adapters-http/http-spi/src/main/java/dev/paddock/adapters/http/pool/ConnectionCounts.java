package dev.paddock.adapters.http.pool;

import dev.paddock.adapters.http.spi.ConnectionEvent;
import dev.paddock.adapters.http.spi.ConnectionListener;
import dev.paddock.domain.exchange.Endpoint;
import dev.paddock.domain.pool.CloseReason;
import dev.paddock.domain.pool.EndpointPool;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Counts the connection events of a transport. Thread-safe. */
final class ConnectionCounts implements ConnectionListener {

    private final Endpoint endpoint;
    private final PoolListener listener;
    private final LongAdder opened = new LongAdder();
    private final LongAdder leasedNew = new LongAdder();
    private final LongAdder leasedReused = new LongAdder();
    private final LongAdder leasedUnobserved = new LongAdder();
    private final Map<CloseReason, Long> closed = new ConcurrentHashMap<>();

    ConnectionCounts(Endpoint endpoint, PoolListener listener) {
        this.endpoint = endpoint;
        this.listener = listener;
    }

    @Override
    public void opened(Duration connectTime) {
        opened.increment();
        listener.connected(endpoint, connectTime);
    }

    @Override
    public void leased(boolean reused) {
        (reused ? leasedReused : leasedNew).increment();
    }

    @Override
    public void closed(CloseReason reason) {
        closed.merge(reason, 1L, Long::sum);
    }

    /** Counts the lease of a connection for a transport that does not report it. */
    void leasedUnobserved() {
        leasedUnobserved.increment();
    }

    EndpointPool.Totals totals(Set<ConnectionEvent> observed, long exhausted) {
        boolean leasesObserved = observed.contains(ConnectionEvent.LEASED);
        long leases = leasesObserved ? leasedNew.sum() + leasedReused.sum() : leasedUnobserved.sum();
        @Nullable Long created = observed.contains(ConnectionEvent.OPENED) ? opened.sum() : null;
        @Nullable Long reused = leasesObserved ? leasedReused.sum() : null;
        return new EndpointPool.Totals(created, leases, reused, exhausted, closedByReason(observed));
    }

    private Map<CloseReason, Long> closedByReason(Set<ConnectionEvent> observed) {
        Map<CloseReason, Long> counts = new EnumMap<>(CloseReason.class);
        if (observed.contains(ConnectionEvent.CLOSED)) {
            for (CloseReason reason : CloseReason.values()) {
                counts.put(reason, closed.getOrDefault(reason, 0L));
            }
        }
        return counts;
    }
}
