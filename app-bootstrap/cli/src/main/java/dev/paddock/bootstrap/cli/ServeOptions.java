package dev.paddock.bootstrap.cli;

import dev.paddock.adapters.http.sim.OllamaSimulator;
import dev.paddock.adapters.http.sim.settings.SimulatorSettings;
import dev.paddock.domain.exchange.BaseUrl;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say where the gateway listens and what is behind it. */
final class ServeOptions {

    /** More than anybody who tries things out asks at once. */
    private static final int PARALLEL = 64;

    @Option(names = "--host", paramLabel = "HOST", description = "Where it listens: 127.0.0.1, unless configured.")
    private @Nullable String host;

    @Option(names = "--port", paramLabel = "PORT", description = "The port, 0 for a free one: 11435, unless configured.")
    private @Nullable Integer port;

    @Option(
            names = "--base-url",
            paramLabel = "URL",
            converter = BaseUrlConverter.class,
            description = "The model server behind it, for example http://127.0.0.1:11434.")
    private @Nullable BaseUrl baseUrl;

    @Option(
            names = "--transport",
            paramLabel = "NAME",
            description = "What makes the connections to the model server: apache5, jdk or okhttp.")
    private @Nullable String transport;

    @Option(names = "--admin", description = "Let clients change models, too: pull, push, create, copy, delete, blobs.")
    private boolean admin;

    @Option(names = "--sim", description = "Start a simulated model server behind it, to try things out.")
    private boolean simulated;

    /** Returns the model server behind the gateway, to be closed after it. */
    ServedBackend backend() {
        if (!simulated) {
            return new ServedBackend(null);
        }
        if (baseUrl != null) {
            throw new UsageException("--sim and --base-url exclude each other");
        }
        SimulatorSettings settings = SimulatorSettings.builder().port(0).parallel(PARALLEL).build();
        try {
            return new ServedBackend(OllamaSimulator.start(settings));
        } catch (UncheckedIOException noPort) {
            throw new CommandFailedException(
                    "the simulator cannot listen: " + noPort.getMessage(), "Run it elsewhere and name it by --base-url.");
        }
    }

    /** Returns the settings that these options set, by key of the configuration. */
    Map<String, String> overrides(ServedBackend backend) {
        Map<String, String> overrides = new LinkedHashMap<>();
        put(overrides, "paddock.gateway.host", host);
        put(overrides, "paddock.gateway.port", port);
        put(overrides, ServerOptions.BASE_URL_KEY, baseUrl);
        put(overrides, ServerOptions.TRANSPORT_KEY, transport);
        put(overrides, "paddock.gateway.admin", admin ? true : null);
        return backend.reaching(overrides);
    }

    private static void put(Map<String, String> overrides, String key, @Nullable Object value) {
        if (value != null) {
            overrides.put(key, value.toString());
        }
    }
}
