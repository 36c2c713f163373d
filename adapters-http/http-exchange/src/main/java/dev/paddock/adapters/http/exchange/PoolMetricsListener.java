package dev.paddock.adapters.http.exchange;

import static java.util.Objects.requireNonNull;

import dev.paddock.adapters.http.pool.PoolListener;
import dev.paddock.domain.exchange.Endpoint;
import dev.paddock.domain.metrics.Metric;
import dev.paddock.domain.metrics.PoolMetrics;
import dev.paddock.ports.metrics.MetricsPort;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Records how long calls wait for connections, and connections for servers. Thread-safe. */
public final class PoolMetricsListener implements PoolListener {

    private final MetricsPort metrics;
    // Endpoints come from configuration, so there are few.
    private final Map<Endpoint, Metric.Series> acquire = new ConcurrentHashMap<>();

    /** Creates the listener that records to the given port. */
    public PoolMetricsListener(MetricsPort metrics) {
        this.metrics = requireNonNull(metrics, "metrics");
    }

    @Override
    public void acquired(Endpoint endpoint, Duration waited) {
        metrics.duration(acquire.computeIfAbsent(endpoint, PoolMetricsListener::acquireSeries), waited);
    }

    @Override
    public void connected(Endpoint endpoint, Duration took) {
        metrics.duration(PoolMetrics.CONNECT.with(endpoint.toString()), took);
    }

    private static Metric.Series acquireSeries(Endpoint endpoint) {
        return PoolMetrics.ACQUIRE.with(endpoint.toString());
    }
}
