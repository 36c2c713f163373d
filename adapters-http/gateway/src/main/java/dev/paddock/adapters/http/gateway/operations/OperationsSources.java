package dev.paddock.adapters.http.gateway.operations;

import static java.util.Objects.requireNonNull;

import dev.paddock.ports.metrics.DurationSummaryPort;
import dev.paddock.ports.pool.PoolPort;
import dev.paddock.ports.resilience.CircuitBreakerPort;
import java.io.IOException;
import java.io.OutputStream;

/**
 * The sources of the figures for operators.
 *
 * @param pool the connection pool
 * @param circuitBreakers the circuit breakers
 * @param durations how long calls waited for a connection
 * @param metrics the metrics page for Prometheus
 */
public record OperationsSources(
        PoolPort pool, CircuitBreakerPort circuitBreakers, DurationSummaryPort durations, MetricsPage metrics) {

    public OperationsSources {
        requireNonNull(pool, "pool");
        requireNonNull(circuitBreakers, "circuitBreakers");
        requireNonNull(durations, "durations");
        requireNonNull(metrics, "metrics");
    }

    /** The current metrics as a page in Prometheus' text format 0.0.4. Implementations are thread-safe. */
    @FunctionalInterface
    public interface MetricsPage {

        /**
         * Writes the page in UTF-8. The stream stays open.
         *
         * @throws IOException if the stream cannot be written
         */
        void writeTo(OutputStream stream) throws IOException;
    }
}
