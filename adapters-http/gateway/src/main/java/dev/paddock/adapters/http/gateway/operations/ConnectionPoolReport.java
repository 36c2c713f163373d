package dev.paddock.adapters.http.gateway.operations;

import dev.paddock.domain.pool.EndpointPool;
import dev.paddock.domain.pool.WhenFull;
import dev.paddock.domain.resilience.Circuit;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The pool of connections as the JSON object that users of the Python system before this one know, and more. */
final class ConnectionPoolReport {

    private static final String DESCRIPTION =
            "Connections to model servers are kept open and used again, as far as the limits allow.";
    private static final List<String> BENEFITS = List.of(
            "A call over an open connection needs no TCP or TLS handshake.",
            "The number of connections to a server is bounded.",
            "Calls that would exceed it fail at once or wait their turn, and are counted.",
            "What the pool does can be seen here, by server.");

    private final OperationsSources sources;

    ConnectionPoolReport(OperationsSources sources) {
        this.sources = sources;
    }

    Map<String, @Nullable Object> at(Instant now) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("timestamp", now.truncatedTo(ChronoUnit.MILLIS).toString());
        fields.put("connection_pool", connectionPool(sources.pool().pools()));
        fields.put("info", info());
        return fields;
    }

    private Map<String, @Nullable Object> connectionPool(List<EndpointPool> pools) {
        List<Circuit> circuits = sources.circuitBreakers().circuits();
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put(
                "total_requests",
                pools.stream().mapToLong(pool -> pool.totals().leases()).sum());
        fields.put("pool_config", poolConfig(pools));
        fields.put("adapter_info", adapterInfo(pools));
        fields.put(
                "backends",
                pools.stream()
                        .map(pool -> BackendReport.of(pool, sources, circuits).toMap())
                        .toList());
        return fields;
    }

    private static Map<String, @Nullable Object> poolConfig(List<EndpointPool> pools) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("pool_connections", common(pools, pool -> pool.limits().hosts()));
        fields.put("pool_maxsize", common(pools, pool -> pool.limits().connectionsPerHost()));
        fields.put("pool_block", common(pools, pool -> pool.limits().whenFull() == WhenFull.WAIT));
        return fields;
    }

    private static Map<String, @Nullable Object> adapterInfo(List<EndpointPool> pools) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        // One transport makes the connections of both kinds.
        fields.put("http_adapter", common(pools, EndpointPool::transport));
        fields.put("https_adapter", common(pools, EndpointPool::transport));
        return fields;
    }

    private static Map<String, Object> info() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("description", DESCRIPTION);
        fields.put("benefits", BENEFITS);
        return fields;
    }

    /** Returns what all pools have in common, or null when they differ or there is none. */
    private static @Nullable Object common(List<EndpointPool> pools, Function<EndpointPool, Object> trait) {
        List<Object> values = pools.stream().map(trait).distinct().toList();
        return values.size() == 1 ? values.getFirst() : null;
    }
}
