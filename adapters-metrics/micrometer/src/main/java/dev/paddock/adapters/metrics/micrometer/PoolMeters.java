package dev.paddock.adapters.metrics.micrometer;

import static java.util.Objects.requireNonNull;

import dev.paddock.domain.metrics.Metric;
import dev.paddock.domain.metrics.Metric.Series;
import dev.paddock.domain.metrics.PoolSeries;
import dev.paddock.domain.pool.EndpointPool;
import dev.paddock.ports.pool.PoolPort;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.DoubleSupplier;

/**
 * The connection pool as meters: connections that are leased, idle, created, reused and closed by reason, waiting calls and limits, each
 * by endpoint.
 *
 * <p>Endpoints come and go, and a registry has no event before it is read. Hence reading the gauge {@code paddock.pool.endpoints}, which
 * always exists, updates the meters to the present endpoints; one that is new at a reading is shown at the next. A figure that the pool does
 * not know has no meter. Thread-safe.
 */
public final class PoolMeters implements MeterBinder, AutoCloseable {

    private static final Series ENDPOINTS =
            new Metric("paddock.pool.endpoints", "endpoints", "Endpoints with a pool.", List.of()).with();

    private final PoolPort pool;
    private final Tags tags;
    private final List<Binding> bindings = new CopyOnWriteArrayList<>();

    /** Creates the meters of a pool. */
    public PoolMeters(PoolPort pool) {
        this(pool, Tags.empty());
    }

    /**
     * Creates the meters of a pool.
     *
     * @param tags what each meter has besides its labels
     */
    public PoolMeters(PoolPort pool, Tags tags) {
        this.pool = requireNonNull(pool, "pool");
        this.tags = requireNonNull(tags, "tags");
    }

    /** Adds the meters to a registry, until they are closed. */
    @Override
    public void bindTo(MeterRegistry registry) {
        Binding binding = new Binding(new MeterFactory(registry, tags), pool);
        bindings.add(binding);
        binding.start();
    }

    /** Updates the meters to the present endpoints, as reading them does. */
    public void refresh() {
        bindings.forEach(Binding::refresh);
    }

    /** Removes the meters. */
    @Override
    public void close() {
        bindings.forEach(Binding::close);
        bindings.clear();
    }

    /** The meters in one registry. */
    private static final class Binding {

        private final MeterFactory meters;
        private final PoolPort pool;
        private final Lock lock = new ReentrantLock();
        private final Set<Series> shown = new HashSet<>(); // guarded by lock
        private boolean closed; // guarded by lock

        Binding(MeterFactory meters, PoolPort pool) {
            this.meters = meters;
            this.pool = pool;
        }

        void start() {
            meters.addGauge(ENDPOINTS, this::endpoints);
            refresh();
        }

        void refresh() {
            show(pool.pools());
        }

        void close() {
            lock.lock();
            try {
                closed = true;
                meters.removeAll();
            } finally {
                lock.unlock();
            }
        }

        private double endpoints() {
            List<EndpointPool> pools = pool.pools();
            show(pools);
            return pools.stream().map(EndpointPool::endpoint).distinct().count();
        }

        private void show(List<EndpointPool> pools) {
            PoolSeries figures = PoolSeries.of(pools);
            // A reader does not wait for another one, which does the same.
            if (!lock.tryLock()) {
                return;
            }
            try {
                if (!closed) {
                    removeAllBut(figures);
                    figures.states().keySet().stream().filter(shown::add).forEach(this::addState);
                    figures.totals().keySet().stream().filter(shown::add).forEach(this::addTotal);
                }
            } finally {
                lock.unlock();
            }
        }

        private void removeAllBut(PoolSeries present) {
            shown.removeIf(series -> {
                boolean gone = !present.states().containsKey(series) && !present.totals().containsKey(series);
                if (gone) {
                    meters.remove(series);
                }
                return gone;
            });
        }

        private void addState(Series series) {
            meters.addGauge(series, () -> PoolSeries.of(pool.pools()).states().getOrDefault(series, Double.NaN));
        }

        private void addTotal(Series series) {
            meters.addTotal(series, new Total(pool, series));
        }
    }

    /** A number that only goes up; the last known one when the pool of the endpoint is closed. */
    private static final class Total implements DoubleSupplier {

        private final PoolPort pool;
        private final Series series;
        private volatile double last;

        Total(PoolPort pool, Series series) {
            this.pool = pool;
            this.series = series;
        }

        @Override
        public double getAsDouble() {
            last = PoolSeries.of(pool.pools()).totals().getOrDefault(series, last);
            return last;
        }
    }
}
