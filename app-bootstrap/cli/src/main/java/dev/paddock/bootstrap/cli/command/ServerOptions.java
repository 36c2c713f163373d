package dev.paddock.bootstrap.cli.command;

import dev.paddock.bootstrap.cli.command.CommandFailedException.UsageException;
import dev.paddock.domain.exchange.BaseUrl;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that name a model server, or several of them, and how to reach it. */
public final class ServerOptions {

    /** The key of the base URL in the configuration. */
    public static final String BASE_URL_KEY = "paddock.base-url";

    /** The key of several servers in the configuration. */
    public static final String BACKENDS_KEY = "paddock.backends";

    /** The key of the transport in the configuration. */
    public static final String TRANSPORT_KEY = "paddock.transport";

    private static final String DIALECT_KEY = "paddock.dialect";
    private static final String FILE_KEY = "config.file";

    @Option(
            names = "--base-url",
            paramLabel = "URL",
            description = "The model server, such as http://127.0.0.1:11434.")
    private @Nullable BaseUrl baseUrl;

    @Option(
            names = "--backend",
            paramLabel = "[ID=]URL",
            description = "One of several model servers, among which each call chooses; may be repeated, also beside --base-url.")
    private List<String> backends = new ArrayList<>();

    @Option(
            names = "--dialect",
            paramLabel = "NAME",
            description = "The API of the server: ollama, or openai for vLLM, llama.cpp and others.")
    private @Nullable String dialect;

    @Option(
            names = "--transport",
            paramLabel = "NAME",
            description = "The HTTP client: apache5, jdk, okhttp or netty.")
    private @Nullable String transport;

    @Option(
            names = "--proxy",
            paramLabel = "URL",
            description = "The HTTP proxy on the way to the server, for example http://proxy:3128.")
    private @Nullable String proxy;

    @Option(
            names = "--cacert",
            paramLabel = "FILE",
            description = "The authorities to trust with https, in PEM or PKCS#12.")
    private @Nullable Path authorities;

    @Option(
            names = "--cert",
            paramLabel = "FILE",
            description = "The certificate for a server that asks for one, in PEM or PKCS#12.")
    private @Nullable Path certificate;

    @Option(names = "--key", paramLabel = "FILE", description = "The private key of --cert, in PEM.")
    private @Nullable Path key;

    @Mixin private final ConfigurationOption configuration = new ConfigurationOption();

    /** Returns whether one of the options names a server. */
    public boolean hasServer() {
        return baseUrl != null || !backends.isEmpty();
    }

    /** Returns the settings of these options, by configuration key. The servers on the command line replace those of the configuration. */
    public Map<String, String> overrides() {
        Map<String, String> overrides = new LinkedHashMap<>(configuration.overrides());
        if (!backends.isEmpty()) {
            List<String> servers = new ArrayList<>();
            if (baseUrl != null) {
                servers.add(baseUrl.toString());
            }
            servers.addAll(backends);
            overrides.put(BACKENDS_KEY, String.join(",", servers));
        } else if (baseUrl != null) {
            overrides.put(BASE_URL_KEY, baseUrl.toString());
        }
        if (dialect != null) {
            overrides.put(DIALECT_KEY, dialect);
        }
        if (transport != null) {
            overrides.put(TRANSPORT_KEY, transport);
        }
        if (proxy != null) {
            overrides.put("paddock.proxy.url", proxy);
        }
        if (authorities != null) {
            overrides.put("paddock.tls.trust", authorities.toString());
        }
        if (certificate != null) {
            overrides.put("paddock.tls.certificate", certificate.toString());
        }
        if (key != null) {
            overrides.put("paddock.tls.key", key.toString());
        }
        return overrides;
    }

    /** The option that names the configuration file. */
    public static final class ConfigurationOption {

        @Option(names = "--config", paramLabel = "FILE", description = "The configuration file.")
        private @Nullable Path file;

        /** Returns the setting of this option, by configuration key. */
        public Map<String, String> overrides() {
            if (file == null) {
                return Map.of();
            }
            LocalFiles.bytes(file); // fails when there is none
            return Map.of(FILE_KEY, file.toString());
        }
    }

    /** The option for the timeout of each call. */
    public static final class TimeoutOption {

        @Option(
                names = "--timeout",
                paramLabel = "DURATION",
                description = "The timeout of a whole call, for example 30s or 2m.")
        private @Nullable Duration timeout;

        /** Returns the timeout of each call, or null for none. */
        @Nullable Duration timeout() {
            if (timeout != null && timeout.isZero()) {
                throw new UsageException("--timeout must be more than zero");
            }
            return timeout;
        }
    }
}
