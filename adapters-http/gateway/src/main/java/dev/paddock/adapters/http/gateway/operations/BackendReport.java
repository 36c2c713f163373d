package dev.paddock.adapters.http.gateway.operations;

import dev.paddock.domain.metrics.DurationSummary;
import dev.paddock.domain.metrics.PoolMetrics;
import dev.paddock.domain.pool.CloseReason;
import dev.paddock.domain.pool.EndpointPool;
import dev.paddock.domain.pool.PoolLimits;
import dev.paddock.domain.resilience.Circuit;
import dev.paddock.domain.resilience.CircuitState;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one model server, as a JSON object. Every field is always there; what the transport cannot tell is null.
 *
 * @param pool the connections to it
 * @param acquire how long calls waited for one in the last minute, or null when none asked for one
 * @param circuits all circuits that there are
 */
record BackendReport(EndpointPool pool, @Nullable DurationSummary acquire, List<Circuit> circuits) {

    static BackendReport of(EndpointPool pool, OperationsSources sources, List<Circuit> circuits) {
        return new BackendReport(
                pool, sources.durations().summary(PoolMetrics.ACQUIRE.with(pool.endpoint())), circuits);
    }

    Map<String, @Nullable Object> toMap() {
        EndpointPool.Usage usage = pool.usage();
        EndpointPool.Totals totals = pool.totals();
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("endpoint", pool.endpoint());
        fields.put("transport", pool.transport());
        fields.put("limits", limits());
        fields.put("leased", usage.leased());
        fields.put("idle", usage.idle());
        fields.put("pending", usage.pending());
        fields.put("created", totals.created());
        fields.put("leases", totals.leases());
        fields.put("reused", totals.reused());
        fields.put("reuse_ratio", totals.reuseRatio());
        fields.put("exhausted", totals.exhausted());
        fields.put("closed", closed());
        fields.put("acquire", acquireTimes());
        fields.put("circuits", circuits.stream().filter(this::isShown).map(BackendReport::circuit).toList());
        return fields;
    }

    private Map<String, Object> limits() {
        PoolLimits limits = pool.limits();
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("hosts", limits.hosts());
        fields.put("connections_per_host", limits.connectionsPerHost());
        fields.put("when_full", limits.whenFull().name().toLowerCase(Locale.ROOT));
        fields.put("lease_timeout_ms", JsonMilliseconds.of(limits.leaseTimeout()));
        return fields;
    }

    private Map<String, @Nullable Object> closed() {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        for (CloseReason reason : CloseReason.values()) {
            fields.put(reason.label(), pool.totals().closed().get(reason));
        }
        return fields;
    }

    private Map<String, @Nullable Object> acquireTimes() {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("count", acquire == null ? null : acquire.count());
        fields.put("p50_ms", acquire == null ? null : JsonMilliseconds.of(acquire.p50()));
        fields.put("p95_ms", acquire == null ? null : JsonMilliseconds.of(acquire.p95()));
        fields.put("p99_ms", acquire == null ? null : JsonMilliseconds.of(acquire.p99()));
        fields.put("max_ms", acquire == null ? null : JsonMilliseconds.of(acquire.max()));
        return fields;
    }

    // Callers choose the names of models, so that a list of them would hold up to a thousand that tell nothing.
    private boolean isShown(Circuit circuit) {
        String backend = circuit.backend();
        boolean ofThis = backend.equals(pool.endpoint()) || backend.startsWith(pool.endpoint() + "/");
        return ofThis && (circuit.model() == null || circuit.state() != CircuitState.CLOSED);
    }

    private static Map<String, @Nullable Object> circuit(Circuit circuit) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("backend", circuit.backend());
        fields.put("model", circuit.model());
        fields.put("state", circuit.state().label());
        fields.put("refuses_for_ms", JsonMilliseconds.of(circuit.remainingOpenTime()));
        fields.put("calls_at_once", circuit.callsAtOnce());
        return fields;
    }
}
