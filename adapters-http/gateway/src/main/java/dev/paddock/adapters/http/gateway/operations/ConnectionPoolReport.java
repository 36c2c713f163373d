package dev.paddock.adapters.http.gateway.operations;

import dev.paddock.adapters.http.wire.json.PlainJson;
import dev.paddock.domain.metrics.DurationSummary;
import dev.paddock.domain.metrics.PoolMetrics;
import dev.paddock.domain.pool.CloseReason;
import dev.paddock.domain.pool.EndpointPool;
import dev.paddock.domain.pool.PoolLimits;
import dev.paddock.domain.pool.WhenFull;
import dev.paddock.domain.resilience.Circuit;
import dev.paddock.domain.resilience.CircuitState;
import dev.paddock.domain.routing.Backend;
import dev.paddock.ports.metrics.DurationSummaryPort;
import dev.paddock.ports.pool.PoolPort;
import dev.paddock.ports.resilience.CircuitBreakerPort;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The connection pool as a JSON object: the fields that users of the earlier Python system know, and more for each model server. Every
 * field is always present. A figure that the transport does not know is null.
 */
final class ConnectionPoolReport {

    private static final String DESCRIPTION = "Connections to model servers are kept open and reused within the limits.";
    private static final List<String> BENEFITS = List.of(
            "A call over an open connection needs no TCP or TLS handshake.",
            "The number of connections to a server is bounded.",
            "Calls beyond the bound fail immediately or wait, and are counted.",
            "The figures are reported by server.");

    private final PoolPort pools;
    private final CircuitBreakerPort circuitBreakers;
    private final DurationSummaryPort durations;
    private final Supplier<List<Backend>> backends;

    ConnectionPoolReport(
            PoolPort pools, CircuitBreakerPort circuitBreakers, DurationSummaryPort durations, Supplier<List<Backend>> backends) {
        this.pools = pools;
        this.circuitBreakers = circuitBreakers;
        this.durations = durations;
        this.backends = backends;
    }

    Map<String, @Nullable Object> at(Instant now) {
        return PlainJson.object(
                "timestamp", now.truncatedTo(ChronoUnit.MILLIS).toString(),
                "connection_pool", connectionPool(pools.pools().stream().sorted(Comparator.comparing(EndpointPool::endpoint)).toList()),
                "info", PlainJson.object("description", DESCRIPTION, "benefits", BENEFITS));
    }

    private Map<String, @Nullable Object> connectionPool(List<EndpointPool> pools) {
        List<Circuit> circuits = circuitBreakers.circuits();
        List<Backend> named = backends.get();
        Object transport = common(pools, EndpointPool::transport); // opens the connections of both schemes
        return PlainJson.object(
                "total_requests", pools.stream().mapToLong(pool -> pool.totals().leases()).sum(),
                "pool_config", PlainJson.object(
                        "pool_connections", common(pools, pool -> pool.limits().hosts()),
                        "pool_maxsize", common(pools, pool -> pool.limits().connectionsPerHost()),
                        "pool_block", common(pools, pool -> pool.limits().whenFull() == WhenFull.WAIT)),
                "adapter_info", PlainJson.object("http_adapter", transport, "https_adapter", transport),
                "backends", pools.stream().map(pool -> backend(pool, circuits, named)).toList());
    }

    /** Returns the value that all pools have in common, or null when they differ or there is none. */
    private static @Nullable Object common(List<EndpointPool> pools, Function<EndpointPool, Object> property) {
        List<Object> values = pools.stream().map(property).distinct().toList();
        return values.size() == 1 ? values.getFirst() : null;
    }

    private Map<String, @Nullable Object> backend(EndpointPool pool, List<Circuit> circuits, List<Backend> named) {
        EndpointPool.Usage usage = pool.usage();
        EndpointPool.Totals totals = pool.totals();
        return PlainJson.object(
                "endpoint", pool.endpoint(),
                "transport", pool.transport(),
                "limits", limits(pool.limits()),
                "leased", usage.leased(),
                "idle", usage.idle(),
                "pending", usage.pending(),
                "created", totals.created(),
                "leases", totals.leases(),
                "reused", totals.reused(),
                "reuse_ratio", totals.reuseRatio(),
                "exhausted", totals.exhausted(),
                "closed", closed(totals),
                "acquire", acquire(durations.summary(PoolMetrics.ACQUIRE.with(pool.endpoint()))),
                "circuits", circuits.stream()
                        .filter(circuit -> isShown(circuit, pool.endpoint(), named))
                        .map(CircuitReport::json)
                        .toList());
    }

    private static Map<String, @Nullable Object> limits(PoolLimits limits) {
        return PlainJson.object(
                "hosts", limits.hosts(),
                "connections_per_host", limits.connectionsPerHost(),
                "when_full", limits.whenFull().name().toLowerCase(Locale.ROOT),
                "lease_timeout_ms", milliseconds(limits.leaseTimeout()));
    }

    private static Map<String, @Nullable Object> closed(EndpointPool.Totals totals) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        for (CloseReason reason : CloseReason.values()) {
            fields.put(reason.label(), totals.closed().get(reason));
        }
        return fields;
    }

    private static Map<String, @Nullable Object> acquire(@Nullable DurationSummary times) {
        return PlainJson.object(
                "count", times == null ? null : times.count(),
                "p50_ms", times == null ? null : milliseconds(times.p50()),
                "p95_ms", times == null ? null : milliseconds(times.p95()),
                "p99_ms", times == null ? null : milliseconds(times.p99()),
                "max_ms", times == null ? null : milliseconds(times.max()));
    }

    // Callers choose the names of models, so a complete list could have a thousand entries without information.
    private static boolean isShown(Circuit circuit, String endpoint, List<Backend> named) {
        String backend = named.stream()
                .filter(candidate -> candidate.id().value().equals(circuit.backend()))
                .map(candidate -> candidate.baseUrl().toString())
                .findFirst()
                .orElse(circuit.backend());
        boolean ofThis = backend.equals(endpoint) || backend.startsWith(endpoint + "/");
        return ofThis && (circuit.model() == null || circuit.state() != CircuitState.CLOSED);
    }

    static double milliseconds(Duration duration) {
        return Math.round(duration.toNanos() / 1e3) / 1e3;
    }
}
