package dev.paddock.bootstrap.bench.result;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The environment of a benchmark. It names no machine, no server and no key.
 *
 * @param facts plain values by name, which can be written as JSON
 */
public record BenchEnvironment(Map<String, Object> facts) {

    public BenchEnvironment {
        facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
    }

    /**
     * Returns the environment of this process.
     *
     * @param version the version of Paddock
     * @param transport the name of the transport
     * @param time the start of the benchmark
     */
    public static BenchEnvironment current(String version, String transport, Instant time) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("time", requireNonNull(time, "time").truncatedTo(ChronoUnit.SECONDS).toString());
        facts.put("paddock", requireNonNull(version, "version"));
        facts.put("transport", requireNonNull(transport, "transport"));
        facts.put("jdk", System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"));
        facts.put(
                "os",
                System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                        + System.getProperty("os.arch"));
        facts.put("cpus", Runtime.getRuntime().availableProcessors());
        facts.put("max_heap_bytes", Runtime.getRuntime().maxMemory());
        return new BenchEnvironment(facts);
    }

    /** Returns one fact as text, empty when it is unknown. */
    public String fact(String name) {
        return String.valueOf(facts.getOrDefault(name, ""));
    }
}
