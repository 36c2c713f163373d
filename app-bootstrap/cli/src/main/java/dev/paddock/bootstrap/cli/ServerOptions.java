package dev.paddock.bootstrap.cli;

import dev.paddock.domain.exchange.BaseUrl;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of every command that talks to a server. */
final class ServerOptions {

    static final String BASE_URL_KEY = "paddock.base-url";

    private static final String DIALECT_KEY = "paddock.dialect";
    static final String TRANSPORT_KEY = "paddock.transport";

    @Option(
            names = "--base-url",
            paramLabel = "URL",
            converter = BaseUrlConverter.class,
            description = "The server, for example http://127.0.0.1:11434.")
    private @Nullable BaseUrl baseUrl;

    @Option(
            names = "--transport",
            paramLabel = "NAME",
            description = "What makes the connections: apache5, jdk or okhttp.")
    private @Nullable String transport;

    @Option(
            names = "--timeout",
            paramLabel = "DURATION",
            converter = DurationConverter.class,
            description = "The longest that a whole call may take, for example 30s or 2m.")
    private @Nullable Duration timeout;

    /** Returns the settings that these options set, by key of the configuration. */
    Map<String, String> overrides() {
        Map<String, String> overrides = new LinkedHashMap<>();
        if (baseUrl != null) {
            overrides.put(BASE_URL_KEY, baseUrl.toString());
        }
        if (transport != null) {
            overrides.put(TRANSPORT_KEY, transport);
        }
        return overrides;
    }

    /** Returns the settings by which a simulated server is reached, whatever the configuration says of servers. */
    static Map<String, String> overrides(String simulatedUrl, String transport) {
        return Map.of(BASE_URL_KEY, simulatedUrl, DIALECT_KEY, "ollama", TRANSPORT_KEY, transport);
    }

    /** Returns how long each call may take, or null for no limit. */
    @Nullable Duration timeout() {
        if (timeout != null && timeout.isZero()) {
            throw new UsageException("--timeout must be more than zero");
        }
        return timeout;
    }
}
