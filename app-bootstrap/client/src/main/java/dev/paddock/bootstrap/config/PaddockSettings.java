package dev.paddock.bootstrap.config;

import static java.util.Objects.requireNonNull;

import dev.paddock.adapters.http.exchange.ExchangeSettings;
import dev.paddock.domain.sharedstate.SharedStateSettings;
import org.jspecify.annotations.Nullable;

/**
 * All settings of a client. Immutable; the text form contains no secrets.
 *
 * @param server the server
 * @param connections the transport and the connection pool
 * @param calls timeouts, retries and circuit breakers
 * @param metrics where measurements are shown
 * @param reuse how answers serve several requests
 * @param backends several servers instead of the one, and the choice among them
 * @param shared what is shared with other processes, or null for nothing
 * @param documents the documents that can be searched, or null for none
 */
public record PaddockSettings(
        ServerSettings server,
        ConnectionSettings connections,
        CallSettings calls,
        MetricsSettings metrics,
        ReuseSettings reuse,
        BackendsSettings backends,
        @Nullable SharedStateSettings shared,
        @Nullable DocumentSearchSettings documents) {

    /** The key of {@link dev.paddock.adapters.http.spi.TransportSettings#nativeTransport}. */
    public static final String NATIVE_TRANSPORT = "paddock.native-transport";

    public PaddockSettings {
        requireNonNull(server, "server");
        requireNonNull(connections, "connections");
        requireNonNull(calls, "calls");
        requireNonNull(metrics, "metrics");
        requireNonNull(reuse, "reuse");
        requireNonNull(backends, "backends");
    }

    /**
     * Returns the settings of this process: its system properties, its environment, its configuration file and, for
     * the rest, the defaults.
     *
     * @throws ConfigurationException if any of it is wrong
     */
    public static PaddockSettings load() {
        return ConfigurationLoader.ofProcess().load();
    }

    /** Returns the defaults, without the environment. */
    public static PaddockSettings defaults() {
        return ConfigurationLoader.ofDefaults().load();
    }

    /** Returns the settings of each exchange: key, user agent, maximum frame, timeouts. */
    public ExchangeSettings exchange() {
        return exchange(server);
    }

    /** Returns the settings of each exchange with one of several servers. */
    public ExchangeSettings exchange(ServerSettings of) {
        ApiKey apiKey = of.apiKey();
        return new ExchangeSettings(
                apiKey == null ? null : apiKey.value(),
                ExchangeSettings.DEFAULT.userAgent(),
                calls.longestFrame(),
                calls.limits(),
                ExchangeSettings.DEFAULT.answers());
    }

    /** Returns the settings of the only server, or of the first of several. */
    public BackendSettings onlyBackend() {
        return backends.list().isEmpty() ? BackendSettings.of(server) : backends.list().getFirst();
    }

    /** Returns these settings with the given server. */
    public PaddockSettings withServer(ServerSettings newServer) {
        return new PaddockSettings(newServer, connections, calls, metrics, reuse, backends, shared, documents);
    }

    /** Returns these settings with the given connections. */
    public PaddockSettings withConnections(ConnectionSettings newConnections) {
        return new PaddockSettings(server, newConnections, calls, metrics, reuse, backends, shared, documents);
    }

    /** Returns these settings with the given settings of calls. */
    public PaddockSettings withCalls(CallSettings newCalls) {
        return new PaddockSettings(server, connections, newCalls, metrics, reuse, backends, shared, documents);
    }

    /** Returns these settings with the given metrics. */
    public PaddockSettings withMetrics(MetricsSettings newMetrics) {
        return new PaddockSettings(server, connections, calls, newMetrics, reuse, backends, shared, documents);
    }

    /** Returns these settings with the given settings of the cache and of single-flight. */
    public PaddockSettings withReuse(ReuseSettings newReuse) {
        return new PaddockSettings(server, connections, calls, metrics, newReuse, backends, shared, documents);
    }

    /** Returns these settings with the given servers. */
    public PaddockSettings withBackends(BackendsSettings newBackends) {
        return new PaddockSettings(server, connections, calls, metrics, reuse, newBackends, shared, documents);
    }

    /** Returns these settings with the given settings of what is shared; null to share nothing. */
    public PaddockSettings withShared(@Nullable SharedStateSettings newShared) {
        return new PaddockSettings(server, connections, calls, metrics, reuse, backends, newShared, documents);
    }

    /** Returns these settings with the given documents; null to search none. */
    public PaddockSettings withDocuments(@Nullable DocumentSearchSettings newDocuments) {
        return new PaddockSettings(server, connections, calls, metrics, reuse, backends, shared, newDocuments);
    }
}
