package dev.paddock.bootstrap.cli;

import dev.paddock.bootstrap.bench.TargetKind;
import dev.paddock.domain.exchange.BaseUrl;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that say which server a benchmark measures, and over what connections. */
final class BenchTargetOptions {

    // One attempt for each request, no rest for a failing server: failures are to be counted, not to be got round. A
    // pool as large as the callers are many, that lets requests wait: it is measured and does not fail them.
    private static final Map<String, String> MEASURABLE = Map.of(
            "paddock.retry.max-retries", "0",
            "paddock.circuit.consecutive-failures", "1000000",
            "paddock.circuit.fewest-calls", "1000000",
            "paddock.pool.when-full", "wait");

    @Option(
            names = {"--url", "--base-url"},
            paramLabel = "URL",
            converter = BaseUrlConverter.class,
            description = "The server, for example http://127.0.0.1:11434; a simulated one without it.")
    private @Nullable BaseUrl url;

    @Option(
            names = "--transport",
            paramLabel = "NAME",
            description = "What makes the connections: apache5, jdk or okhttp.")
    private @Nullable String transport;

    @Mixin private final ModelOption model = new ModelOption();

    TargetKind kind() {
        return url == null ? TargetKind.SIMULATOR : TargetKind.SERVER;
    }

    ModelOption model() {
        return model;
    }

    /** Returns the settings of the clients, by key, for a server at the given address or else at the chosen one. */
    Map<String, String> overrides(@Nullable String simulated, int callers) {
        Map<String, String> overrides = new LinkedHashMap<>(MEASURABLE);
        overrides.put("paddock.pool.connections-per-host", Integer.toString(callers));
        if (simulated != null) {
            overrides.putAll(Map.of("paddock.base-url", simulated, "paddock.dialect", "ollama"));
        } else if (url != null) {
            overrides.put("paddock.base-url", url.toString());
        }
        if (transport != null) {
            overrides.put("paddock.transport", transport);
        }
        return overrides;
    }
}
