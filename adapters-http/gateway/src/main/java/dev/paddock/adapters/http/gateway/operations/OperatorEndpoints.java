package dev.paddock.adapters.http.gateway.operations;

import static java.util.Objects.requireNonNull;

import dev.paddock.adapters.http.gateway.EndpointCall;
import dev.paddock.adapters.http.gateway.GatewayEndpoint;
import dev.paddock.adapters.http.gateway.accesscontrol.AccessClass;
import dev.paddock.adapters.http.server.ServerResponse;
import dev.paddock.domain.resilience.Circuit;
import dev.paddock.domain.resilience.CircuitState;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/**
 * The endpoints for operators: {@value #POOL} and {@value #METRICS}, and the health checks {@value #HEALTH} and {@value #READINESS}.
 * They do not reach a model server and do not use a connection of the pool.
 */
public final class OperatorEndpoints {

    /** The path of the connection pool as JSON. */
    public static final String POOL = "/api/connection-pool/metrics";

    /** The path of the metrics for Prometheus. */
    public static final String METRICS = "/metrics";

    /** The path of the liveness check. */
    public static final String HEALTH = "/healthz";

    /** The path of the readiness check. */
    public static final String READINESS = "/readyz";

    private static final String PROMETHEUS_TEXT = "text/plain; version=0.0.4; charset=utf-8";

    private OperatorEndpoints() {}

    /** Returns the endpoints over the given sources. */
    public static List<GatewayEndpoint> of(OperationsSources sources) {
        return of(requireNonNull(sources, "sources"), InstantSource.system());
    }

    static List<GatewayEndpoint> of(OperationsSources sources, InstantSource clock) {
        ConnectionPoolReport pool = new ConnectionPoolReport(sources);
        return List.of(
                GatewayEndpoint.read(
                        POOL, AccessClass.OPERATOR, call -> GatewayEndpoint.json(200, pool.at(clock.instant()))),
                GatewayEndpoint.read(
                        METRICS, AccessClass.OPERATOR, call -> GatewayEndpoint.response(200, PROMETHEUS_TEXT, page(sources))),
                GatewayEndpoint.read(
                        HEALTH, AccessClass.PROBE, call -> GatewayEndpoint.json(200, Map.of("status", "ok"))),
                GatewayEndpoint.read(READINESS, AccessClass.PROBE, call -> readiness(sources, call)));
    }

    private static byte[] page(OperationsSources sources) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            sources.metrics().writeTo(bytes);
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
        return bytes.toByteArray();
    }

    private static ServerResponse readiness(OperationsSources sources, EndpointCall call) {
        if (call.draining()) {
            return notReady("draining", "The gateway is shutting down: it completes the requests in progress and accepts no others.");
        }
        List<Circuit> servers = sources.circuitBreakers().circuits().stream()
                .filter(circuit -> circuit.model() == null)
                .toList();
        if (!servers.isEmpty() && servers.stream().allMatch(OperatorEndpoints::rejectsCalls)) {
            return notReady("circuits_open", "The circuits of all model servers are open after repeated failures.");
        }
        return GatewayEndpoint.json(200, Map.of("ready", true));
    }

    private static ServerResponse notReady(String reason, String message) {
        return GatewayEndpoint.json(503, JsonFields.of("ready", false, "reason", reason, "message", message));
    }

    // After its open time a circuit stays open until the next call, which it admits. The gateway must be ready for that call.
    private static boolean rejectsCalls(Circuit circuit) {
        return circuit.state() == CircuitState.OPEN && circuit.remainingOpenTime().isPositive();
    }
}
