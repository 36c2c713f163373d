package dev.paddock.adapters.http.gateway.operations;

import static java.util.Objects.requireNonNull;

import dev.paddock.adapters.http.gateway.GatewayEndpoint;
import dev.paddock.adapters.http.gateway.accesscontrol.AccessClass;
import dev.paddock.adapters.http.server.ServerResponse;
import dev.paddock.adapters.http.wire.json.PlainJson;
import dev.paddock.domain.routing.Backend;
import dev.paddock.ports.metrics.DurationSummaryPort;
import dev.paddock.ports.pool.PoolPort;
import dev.paddock.ports.resilience.CircuitBreakerPort;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The endpoints for operators: {@value #POOL}, {@value #CIRCUITS} and {@value #METRICS}, and the health checks {@value #HEALTH} and
 * {@value #READINESS}. They do not reach a model server and do not use a connection of the pool.
 */
public final class OperatorEndpoints {

    /** The path of the connection pool as JSON. */
    public static final String POOL = "/api/connection-pool/metrics";

    /** The path of the circuit breakers as JSON. */
    public static final String CIRCUITS = "/api/circuit-breaker/metrics";

    /** The path of the metrics for Prometheus. */
    public static final String METRICS = "/metrics";

    /** The path of the liveness check. */
    public static final String HEALTH = "/healthz";

    /** The path of the readiness check. */
    public static final String READINESS = "/readyz";

    private static final String PROMETHEUS_TEXT = "text/plain; version=0.0.4; charset=utf-8";

    private OperatorEndpoints() {}

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

    /**
     * Returns the endpoints of a gateway that is ready before its model server has answered.
     *
     * @param pools the connection pool
     * @param circuitBreakers the circuit breakers
     * @param durations how long calls waited for a connection
     * @param metrics the metrics page
     */
    public static List<GatewayEndpoint> of(
            PoolPort pools, CircuitBreakerPort circuitBreakers, DurationSummaryPort durations, MetricsPage metrics) {
        return of(pools, circuitBreakers, durations, metrics, List::of, false);
    }

    /**
     * Returns the endpoints.
     *
     * @param pools the connection pool
     * @param circuitBreakers the circuit breakers
     * @param durations how long calls waited for a connection
     * @param metrics the metrics page
     * @param backends returns the servers that have a name of their own
     * @param readyAfterAnswer whether the gateway is ready only when its model server has answered once
     */
    public static List<GatewayEndpoint> of(
            PoolPort pools,
            CircuitBreakerPort circuitBreakers,
            DurationSummaryPort durations,
            MetricsPage metrics,
            Supplier<List<Backend>> backends,
            boolean readyAfterAnswer) {
        return of(
                new ConnectionPoolReport(pools, circuitBreakers, durations, backends),
                circuitBreakers,
                readyAfterAnswer,
                metrics,
                InstantSource.system());
    }

    static List<GatewayEndpoint> of(
            ConnectionPoolReport report,
            CircuitBreakerPort circuitBreakers,
            boolean readyAfterAnswer,
            MetricsPage metrics,
            InstantSource clock) {
        requireNonNull(metrics, "metrics");
        return List.of(
                GatewayEndpoint.read(
                        POOL, AccessClass.OPERATOR, call -> GatewayEndpoint.json(200, report.at(clock.instant()))),
                GatewayEndpoint.read(
                        CIRCUITS,
                        AccessClass.OPERATOR,
                        call -> GatewayEndpoint.json(200, CircuitReport.of(circuitBreakers.circuits(), clock.instant()))),
                GatewayEndpoint.read(
                        METRICS, AccessClass.OPERATOR, call -> GatewayEndpoint.response(200, PROMETHEUS_TEXT, page(metrics)))
                        .asMonitoring(),
                GatewayEndpoint.read(
                        HEALTH, AccessClass.PROBE, call -> GatewayEndpoint.json(200, Map.of("status", "ok")))
                        .asMonitoring(),
                GatewayEndpoint.read(
                        READINESS, AccessClass.PROBE, call -> readiness(circuitBreakers, readyAfterAnswer, call.draining()))
                        .asMonitoring());
    }

    /** Returns the current page. */
    static byte[] page(MetricsPage metrics) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            metrics.writeTo(bytes);
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
        return bytes.toByteArray();
    }

    private static ServerResponse readiness(CircuitBreakerPort circuitBreakers, boolean readyAfterAnswer, boolean draining) {
        if (draining) {
            return notReady("draining", "The gateway is shutting down: it completes the requests in progress and accepts no others.");
        }
        if (readyAfterAnswer && !circuitBreakers.hasAnswer()) {
            return notReady("no_answer", "No model server has answered yet.");
        }
        if (circuitBreakers.refusesAllCalls()) {
            return notReady("circuits_open", "The circuits of all model servers are open after repeated failures.");
        }
        return GatewayEndpoint.json(200, Map.of("ready", true));
    }

    private static ServerResponse notReady(String reason, String message) {
        return GatewayEndpoint.json(503, PlainJson.object("ready", false, "reason", reason, "message", message));
    }
}
