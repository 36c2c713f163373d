package dev.paddock.bootstrap.cli;

import dev.paddock.adapters.http.sim.OllamaSimulator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The model server behind the gateway: one that is there, or a simulator of its own.
 *
 * @param simulator the simulator, or null if there is none
 */
record ServedBackend(@Nullable OllamaSimulator simulator) implements AutoCloseable {

    /** Returns settings with those by which the simulator is reached, if there is one. */
    Map<String, String> reaching(Map<String, String> overrides) {
        if (simulator == null) {
            return overrides;
        }
        Map<String, String> all = new LinkedHashMap<>(overrides);
        all.put(ServerOptions.BASE_URL_KEY, simulator.baseUrl());
        return all;
    }

    /** Returns what a person should know of it, to be put behind its name. */
    String remark() {
        return simulator == null ? "" : ", a simulator";
    }

    @Override
    public void close() {
        if (simulator != null) {
            simulator.close();
        }
    }
}
