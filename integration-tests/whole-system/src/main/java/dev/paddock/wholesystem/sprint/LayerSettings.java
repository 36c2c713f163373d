package dev.paddock.wholesystem.sprint;

import dev.paddock.bootstrap.bench.result.Mode;
import dev.paddock.wholesystem.SimulatedFleet;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The settings of a gateway with the layers of a mode, and no others. */
final class LayerSettings {

    private LayerSettings() {}

    /**
     * Returns the settings.
     *
     * @param mode the layers
     * @param servers the servers, in the notation of {@code paddock.backends}
     * @param balancerPort the port behind which they are when the gateway does not choose
     * @param slots the answers that one server gives at the same time, and the number of servers
     * @param store the URL of a store, or null without one
     */
    static Map<String, String> of(Mode mode, String servers, int balancerPort, Slots slots, @Nullable String store) {
        Map<String, String> settings = new HashMap<>(Map.of(
                "paddock.gateway.admin", "true",
                "paddock.pool.connections-per-host", "64",
                "paddock.pool.when-full", "wait",
                "paddock.query.model", SimulatedFleet.MODEL,
                "paddock.cache.enabled", String.valueOf(mode.has(Mode.CACHE)),
                "paddock.single-flight.enabled", String.valueOf(mode.has(Mode.SINGLE_FLIGHT)),
                "paddock.batch.enabled", String.valueOf(mode.has(Mode.BATCH))));
        if (mode == Mode.UNPOOLED) {
            settings.put("paddock.pool.idle-lifetime", "1ms"); // no connection is young enough to be used again
            settings.put("paddock.pool.total-lifetime", "1ms");
        }
        if (!mode.has(Mode.RETRIES)) {
            settings.put("paddock.retry.max-retries", "0");
            settings.put("paddock.circuit.consecutive-failures", "1000000");
            settings.put("paddock.circuit.fewest-calls", "1000000");
        }
        if (mode.has(Mode.ROUTING)) {
            settings.put("paddock.backends", servers);
        } else {
            settings.put("paddock.base-url", "http://127.0.0.1:" + balancerPort);
        }
        if (mode.has(Mode.ADMISSION)) {
            int known = mode.has(Mode.ROUTING) ? slots.each() : slots.each() * slots.servers();
            settings.put("paddock.admission.enabled", "true");
            settings.put("paddock.admission.slots", String.valueOf(known));
            settings.put("paddock.admission.most-slots", String.valueOf(known));
        }
        putSemantic(settings, mode);
        if (store != null && mode == Mode.ALL) {
            settings.put("paddock.shared-state.url", store);
        }
        return settings;
    }

    private static void putSemantic(Map<String, String> settings, Mode mode) {
        if (!mode.has(Mode.SEMANTIC_SHADOW) && !mode.has(Mode.SEMANTIC_SERVE)) {
            return;
        }
        settings.put("paddock.semantic-cache.enabled", "true");
        settings.put("paddock.semantic-cache.mode", mode.has(Mode.SEMANTIC_SERVE) ? "serve" : "shadow");
        settings.put("paddock.semantic-cache.embedding-model", SimulatedFleet.EMBEDDING_MODEL);
        if (mode == Mode.SEMANTIC_SERVE) {
            // A short log brings no evidence, so threshold and guards decide alone here. All layers together keep the defaults.
            settings.put("paddock.semantic-cache.max-errors", "1");
            settings.put("paddock.semantic-cache.observations", "0");
        }
    }

    /** Returns the settings of documents whose index is in a directory. */
    static Map<String, String> documents(Path folder, Path index) {
        return Map.of(
                "paddock.documents.folder", folder.toString(),
                "paddock.documents.index", index.toString(),
                "paddock.documents.embedding-model", SimulatedFleet.EMBEDDING_MODEL,
                "paddock.documents.rescan", "0s");
    }

    /** The answers that one server gives at the same time, and the number of servers. */
    record Slots(int each, int servers) {}
}
