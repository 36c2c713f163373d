package dev.paddock.bootstrap.cli.demo;

import dev.paddock.bootstrap.cli.command.JsonObject.JsonObjectBuilder;
import dev.paddock.domain.pool.EndpointPool;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The state of a pool as JSON and as text. */
final class PoolSummary {

    private PoolSummary() {}

    static Map<String, Object> toJson(EndpointPool pool) {
        Map<String, Object> closed = new TreeMap<>();
        pool.totals().closed().forEach((reason, count) -> closed.put(reason.label(), count));
        return new JsonObjectBuilder()
                .put("endpoint", pool.endpoint())
                .put("transport", pool.transport())
                .put("created", pool.totals().created())
                .put("leases", pool.totals().leases())
                .put("reused", pool.totals().reused())
                .put("reuse_ratio", pool.totals().reuseRatio())
                .put("leased", pool.usage().leased())
                .put("idle", pool.usage().idle())
                .put("pending", pool.usage().pending())
                .put("closed", closed)
                .toMap();
    }

    static String toText(EndpointPool pool) {
        return "created " + orUnknown(pool.totals().created()) + ", leases " + pool.totals().leases() + ", reused "
                + orUnknown(pool.totals().reused()) + ", idle " + orUnknown(pool.usage().idle()) + ", in use "
                + pool.usage().leased() + " (transport " + pool.transport() + ")";
    }

    private static String orUnknown(@Nullable Number number) {
        return number == null ? "unknown" : number.toString();
    }
}
