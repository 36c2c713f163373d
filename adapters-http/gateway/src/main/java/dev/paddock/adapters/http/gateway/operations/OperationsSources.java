package dev.paddock.adapters.http.gateway.operations;

import static java.util.Objects.requireNonNull;

import dev.paddock.ports.metrics.DurationSummaryPort;
import dev.paddock.ports.pool.PoolPort;
import dev.paddock.ports.resilience.CircuitBreakerPort;

/**
 * Where the figures come from that the operator sees.
 *
 * @param pool the pool of connections
 * @param circuitBreakers the circuits
 * @param durations how long calls waited for a connection
 * @param metrics the page for Prometheus
 */
public record OperationsSources(
        PoolPort pool, CircuitBreakerPort circuitBreakers, DurationSummaryPort durations, MetricsPage metrics) {

    public OperationsSources {
        requireNonNull(pool, "pool");
        requireNonNull(circuitBreakers, "circuitBreakers");
        requireNonNull(durations, "durations");
        requireNonNull(metrics, "metrics");
    }
}
