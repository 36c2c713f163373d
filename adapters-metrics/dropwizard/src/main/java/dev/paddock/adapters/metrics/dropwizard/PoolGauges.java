package dev.paddock.adapters.metrics.dropwizard;

import static java.util.Objects.requireNonNull;

import com.codahale.metrics.Gauge;
import dev.paddock.domain.metrics.Metric;
import dev.paddock.domain.metrics.Metric.Series;
import dev.paddock.domain.metrics.PoolSeries;
import dev.paddock.domain.pool.EndpointPool;
import dev.paddock.ports.pool.PoolPort;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The figures of the connection pool as gauges in a registry, one set for each endpoint.
 *
 * <p>Endpoints come and go, and a registry has no event before it is read. Hence reading any gauge updates the set of gauges. The
 * gauge {@code paddock.pool.endpoints}, the number of endpoints, always exists. A figure that the pool does not know has no gauge.
 * Thread-safe.
 */
public final class PoolGauges implements AutoCloseable {

    /** Endpoints with a pool. */
    private static final Series ENDPOINTS =
            new Metric("paddock.pool.endpoints", "endpoints", "Endpoints with a pool.", List.of()).with();

    private final RegisteredSeries registered;
    private final PoolPort pool;
    private final Lock lock = new ReentrantLock();
    private final Set<Series> shown = new HashSet<>(); // guarded by lock
    private boolean closed; // guarded by lock

    /** Adds the gauges to the registry of the given metrics, until they are closed. */
    public static PoolGauges register(DropwizardMetrics metrics, PoolPort pool) {
        PoolGauges gauges = new PoolGauges(metrics.registered(), requireNonNull(pool, "pool"));
        gauges.registered.add(ENDPOINTS, (Gauge<Integer>) gauges::endpoints);
        gauges.refresh();
        return gauges;
    }

    private PoolGauges(RegisteredSeries registered, PoolPort pool) {
        this.registered = registered;
        this.pool = pool;
    }

    /** Updates the gauges to the current endpoints; reading a gauge does so too. */
    public void refresh() {
        show(figures(pool.pools()).keySet());
    }

    /** Removes the gauges. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            registered.remove(ENDPOINTS);
            shown.forEach(registered::remove);
            shown.clear();
        } finally {
            lock.unlock();
        }
    }

    private int endpoints() {
        List<EndpointPool> pools = pool.pools();
        show(figures(pools).keySet());
        return (int) pools.stream().map(EndpointPool::endpoint).distinct().count();
    }

    private double read(Series series) {
        Map<Series, Double> figures = figures(pool.pools());
        show(figures.keySet());
        return figures.getOrDefault(series, Double.NaN);
    }

    private void show(Set<Series> present) {
        // A reader does not wait for another one, which does the same.
        if (!lock.tryLock()) {
            return;
        }
        try {
            if (!closed) {
                removeAllBut(present);
                present.stream().filter(shown::add).forEach(this::add);
            }
        } finally {
            lock.unlock();
        }
    }

    private void removeAllBut(Set<Series> present) {
        shown.removeIf(series -> {
            boolean gone = !present.contains(series);
            if (gone) {
                registered.remove(series);
            }
            return gone;
        });
    }

    private void add(Series series) {
        registered.add(series, (Gauge<Double>) () -> read(series));
    }

    private static Map<Series, Double> figures(List<EndpointPool> pools) {
        PoolSeries figures = PoolSeries.of(pools);
        Map<Series, Double> all = new HashMap<>(figures.states());
        all.putAll(figures.totals());
        return all;
    }
}
