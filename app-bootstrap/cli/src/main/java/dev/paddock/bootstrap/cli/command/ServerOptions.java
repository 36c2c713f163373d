package dev.paddock.bootstrap.cli.command;

import dev.paddock.bootstrap.cli.command.CommandFailedException.UsageException;
import dev.paddock.domain.exchange.BaseUrl;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of every command that calls a model server. */
public final class ServerOptions {

    /** The key of the base URL in the configuration. */
    public static final String BASE_URL_KEY = "paddock.base-url";

    /** The key of several servers in the configuration. */
    public static final String BACKENDS_KEY = "paddock.backends";

    /** The key of the transport in the configuration. */
    public static final String TRANSPORT_KEY = "paddock.transport";

    @Option(
            names = "--base-url",
            paramLabel = "URL",
            description = "The server, for example http://127.0.0.1:11434.")
    private @Nullable BaseUrl baseUrl;

    @Option(
            names = "--transport",
            paramLabel = "NAME",
            description = "The HTTP client: apache5, jdk, okhttp or netty.")
    private @Nullable String transport;

    @Option(
            names = "--timeout",
            paramLabel = "DURATION",
            description = "The timeout of a whole call, for example 30s or 2m.")
    private @Nullable Duration timeout;

    /** Returns the settings of these options, by configuration key. */
    public Map<String, String> overrides() {
        Map<String, String> overrides = new LinkedHashMap<>();
        if (baseUrl != null) {
            overrides.put(BASE_URL_KEY, baseUrl.toString());
        }
        if (transport != null) {
            overrides.put(TRANSPORT_KEY, transport);
        }
        return overrides;
    }

    /** Returns the timeout of each call, or null for none. */
    public @Nullable Duration timeout() {
        if (timeout != null && timeout.isZero()) {
            throw new UsageException("--timeout must be more than zero");
        }
        return timeout;
    }
}
