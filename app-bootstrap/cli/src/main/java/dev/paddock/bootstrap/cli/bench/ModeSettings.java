package dev.paddock.bootstrap.cli.bench;

import dev.paddock.bootstrap.bench.result.Mode;
import java.util.LinkedHashMap;
import java.util.Map;

/** The settings of the clients of a mode, by configuration key. */
final class ModeSettings {

    // Answers in a shared store would be those of earlier measurements. When the pool is full, requests wait, because the wait is a part of
    // the measurement and not a failure.
    private static final Map<String, String> OF_ALL = Map.of(
            "paddock.pool.when-full", "wait",
            "paddock.semantic-cache.enabled", "false",
            "paddock.shared-state.answers", "false");

    // Without this layer failures are counted, not avoided: there are no retries and no open circuit.
    private static final Map<String, String> WITHOUT_RETRIES = Map.of(
            "paddock.retry.max-retries", "0",
            "paddock.circuit.consecutive-failures", "1000000",
            "paddock.circuit.fewest-calls", "1000000");

    private ModeSettings() {}

    /** Returns the settings that turn the layers of a mode on, and all others off. */
    static Map<String, String> of(Mode mode) {
        Map<String, String> settings = new LinkedHashMap<>(OF_ALL);
        if (!mode.has(Mode.RETRIES)) {
            settings.putAll(WITHOUT_RETRIES);
        }
        settings.put("paddock.cache.enabled", Boolean.toString(mode.has(Mode.CACHE)));
        settings.put("paddock.single-flight.enabled", Boolean.toString(mode.has(Mode.SINGLE_FLIGHT)));
        settings.put("paddock.batch.enabled", Boolean.toString(mode.has(Mode.BATCH)));
        return settings;
    }
}
