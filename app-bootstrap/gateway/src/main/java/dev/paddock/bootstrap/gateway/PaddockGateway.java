package dev.paddock.bootstrap.gateway;

import static java.util.Objects.requireNonNull;

import dev.paddock.adapters.http.gateway.Gateway;
import dev.paddock.adapters.http.gateway.GatewayDependencies;
import dev.paddock.adapters.http.gateway.GatewayEndpoint;
import dev.paddock.adapters.http.gateway.GatewaySettings;
import dev.paddock.adapters.http.gateway.accesscontrol.AccessKey;
import dev.paddock.adapters.http.gateway.accesscontrol.AccessSettings;
import dev.paddock.adapters.http.gateway.accesslog.AccessLog;
import dev.paddock.adapters.http.gateway.accesslog.AccessLogFormat;
import dev.paddock.adapters.http.gateway.operations.BackendEndpoints;
import dev.paddock.adapters.http.gateway.operations.CacheEndpoints;
import dev.paddock.adapters.http.gateway.operations.Dashboard;
import dev.paddock.adapters.http.gateway.operations.DocumentEndpoints;
import dev.paddock.adapters.http.gateway.operations.OperatorEndpoints;
import dev.paddock.adapters.http.gateway.query.QueryEndpoints;
import dev.paddock.adapters.http.server.HttpServerSettings;
import dev.paddock.bootstrap.Paddock;
import dev.paddock.bootstrap.Transports;
import dev.paddock.bootstrap.config.ConfigurationException;
import dev.paddock.bootstrap.config.ConfigurationLoader;
import dev.paddock.bootstrap.config.PaddockSettings;
import dev.paddock.domain.exchange.BaseUrl;
import dev.paddock.domain.routing.BackendStatus;
import dev.paddock.ports.documents.answers.DocumentAnswers;
import dev.paddock.ports.metrics.MetricsPort;
import dev.paddock.ports.routing.BackendsPort;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A running gateway: an HTTP server for clients of any language, and a {@link Paddock} for the calls to one model server.
 *
 * <pre>{@code
 * try (PaddockGateway gateway = PaddockGateway.start(ConfigurationLoader.ofProcess())) {
 *     System.out.println("listening on " + gateway.baseUrl());
 * }
 * }</pre>
 *
 * <p>Thread-safe.
 */
public final class PaddockGateway implements AutoCloseable {

    private static final System.Logger LOGGER = System.getLogger(PaddockGateway.class.getName());

    private final GatewayConfiguration configuration;
    private final GatewaySettings settings;
    private final AtomicReference<AccessSettings> access;
    private final Paddock client;
    private final GatewayTelemetry telemetry;
    private final @Nullable Dashboard dashboard;
    private final Gateway gateway;
    private final BackendProbe probe;
    private final @Nullable DocumentUpdates documents;
    private final AtomicReference<@Nullable GatewayReload> reload = new AtomicReference<>();

    private PaddockGateway(
            GatewayConfiguration configuration,
            Paddock client,
            GatewayTelemetry telemetry,
            @Nullable Dashboard dashboard,
            @Nullable DocumentUpdates documents,
            Gateway gateway,
            AtomicReference<AccessSettings> access) {
        this.configuration = configuration;
        this.settings = configuration.gateway();
        this.access = access;
        this.client = client;
        this.telemetry = telemetry;
        this.dashboard = dashboard;
        this.documents = documents;
        this.gateway = gateway;
        this.probe = BackendProbe.start(client, settings.monitoring().isReadyAfterAnswer());
        if (documents != null) {
            documents.start();
        }
    }

    /**
     * Starts with the settings that a loader reads, and logs requests to the logger {@code paddock.access}. The list of several servers
     * follows the configuration file, as {@link #reloadFrom} describes.
     *
     * @throws ConfigurationException if any of them is wrong
     * @throws java.io.UncheckedIOException if it cannot listen on the address
     */
    public static PaddockGateway start(ConfigurationLoader loader) {
        GatewayConfiguration configuration = GatewayConfiguration.load(loader.withTransports(Transports.names()));
        AccessLogFormat format = configuration.gateway().monitoring().logFormat();
        PaddockGateway started = start(configuration, metrics -> AccessLog.ofLogger(format, metrics));
        started.reloadFrom(loader.withTransports(Transports.names()));
        return started;
    }

    /**
     * Starts with the given settings.
     *
     * @param configuration all of them
     * @param log creates the access log; it gets the port that counts dropped lines
     * @throws ConfigurationException if the settings name no transport that there is
     * @throws java.io.UncheckedIOException if it cannot listen there
     */
    public static PaddockGateway start(GatewayConfiguration configuration, Function<MetricsPort, AccessLog> log) {
        requireNonNull(configuration, "configuration");
        requireNonNull(log, "log");
        GatewaySettings settings = configuration.gateway();
        PaddockSettings ofClient = configuration.client();
        GatewayTelemetry telemetry = GatewayTelemetry.of(configuration.otlp());
        Paddock client;
        try {
            client = telemetry.build(Paddock.builder().settings(ofClient.withBackends(ofClient.backends().changing())));
        } catch (RuntimeException failure) {
            telemetry.close();
            throw failure;
        }
        client.createCounters();
        ProcessMeasurements.register(client.metrics());
        client.logBackendStates();
        AccessLog accessLog = log.apply(client.metrics());
        Dashboard dashboard = settings.monitoring().hasDashboard() ? dashboard(client, accessLog) : null;
        AtomicReference<AccessSettings> access = new AtomicReference<>(settings.access());
        try {
            DocumentUpdates documents = DocumentUpdates.of(client);
            Gateway gateway = Gateway.start(
                    parts(client, access, configuration, dashboard, documents), settings, dashboard == null ? accessLog : dashboard.log());
            warnIfExposed(settings);
            return new PaddockGateway(configuration, client, telemetry, dashboard, documents, gateway, access);
        } catch (RuntimeException failure) {
            if (dashboard != null) {
                dashboard.close();
            }
            accessLog.close();
            client.close();
            telemetry.close();
            throw failure;
        }
    }

    private static void warnIfExposed(GatewaySettings settings) {
        if (isExposedWithoutKey(settings)) {
            LOGGER.log(
                    Level.WARNING,
                    "the gateway listens on " + settings.server().host() + " without keys: every machine that reaches it can use the model "
                            + "server; set paddock.gateway.access.key-file or paddock.gateway.access.key-hashes");
        }
    }

    private static Dashboard dashboard(Paddock client, AccessLog log) {
        return Dashboard.of(
                client.pool(),
                client.circuitBreakers(),
                client.durations(),
                backends(client),
                client.answerCache(),
                client.semanticCache(),
                () -> client.metricValues(Dashboard::shows),
                log);
    }

    private static GatewayDependencies parts(
            Paddock client,
            AtomicReference<AccessSettings> access,
            GatewayConfiguration configuration,
            @Nullable Dashboard dashboard,
            @Nullable DocumentUpdates documents) {
        BackendsPort backends = backends(client);
        List<GatewayEndpoint> endpoints = new ArrayList<>(OperatorEndpoints.of(
                client.pool(),
                client.circuitBreakers(),
                client.durations(),
                client::writeMetrics,
                () -> backends.backends().stream().map(BackendStatus::backend).toList(),
                configuration.gateway().monitoring().isReadyAfterAnswer()));
        endpoints.addAll(BackendEndpoints.of(backends));
        endpoints.addAll(documents == null ? DocumentEndpoints.of(null, () -> null) : DocumentEndpoints.of(documents.documents(), documents::last));
        QuerySettings query = configuration.query();
        DocumentAnswers answers = documents == null ? null : new DocumentAnswers(documents.documents(), client.llm(), query.prompt());
        endpoints.addAll(QueryEndpoints.of(answers, query.model()));
        endpoints.addAll(CacheEndpoints.of(client.answerCache(), client.semanticCache(), caller -> access.get().tenantOf(caller)));
        if (dashboard != null) {
            endpoints.addAll(dashboard.endpoints());
        }
        return new GatewayDependencies(
                client.exchange(), client.metrics(), client.admission(), client.sharedState(), client.answerCache(), endpoints);
    }

    /**
     * Replaces the servers and the API keys when they change in the configuration file or in the file of keys, which are watched from now on,
     * and on {@link #reload()}. Requests in progress at a server that was removed, or with a key that was revoked, go on to their end. A
     * gateway that was started without a list of servers keeps its server. Wrong settings are logged and change nothing. Other settings that
     * have changed are logged.
     *
     * @param loader reads the settings, as at the start of the gateway
     */
    public void reloadFrom(ConfigurationLoader loader) {
        GatewayReload first = new GatewayReload(loader, client, configuration, telemetry::serversChanged, this::replaceKeys);
        if (reload.compareAndSet(null, first)) {
            first.watch();
        }
    }

    /**
     * Reads the settings now, if there is a {@linkplain #reloadFrom loader}, and logs what changes and what needs a restart. Does nothing
     * once the gateway has begun to stop.
     */
    public void reload() {
        GatewayReload present = reload.get();
        if (present == null) {
            LOGGER.log(Level.INFO, "nothing is read again: the gateway was started with fixed settings");
        } else {
            present.reload();
        }
    }

    private void replaceKeys(List<AccessKey> keys) {
        gateway.replaceKeys(keys);
        access.updateAndGet(present -> present.withKeys(keys));
    }

    /** Returns the URL that clients on this machine use, for example {@code http://127.0.0.1:11435}. */
    public String baseUrl() {
        HttpServerSettings server = settings.server();
        String scheme = server.tls() == null ? "http" : "https";
        return scheme + "://" + reachable(server.host()) + ":" + gateway.port();
    }

    /** Returns the base URL of the model server; of several with commas between them. */
    public String upstream() {
        return servers(client).stream().map(BaseUrl::toString).collect(Collectors.joining(", "));
    }

    static List<BaseUrl> servers(Paddock client) {
        return backends(client).backends().stream().map(status -> status.backend().baseUrl()).toList();
    }

    static BackendsPort backends(Paddock client) {
        BackendsPort several = client.backends();
        return several == null ? new OnlyBackend(client) : several;
    }

    /** Returns whether other machines can reach the gateway although it requires no key. */
    public boolean isExposedWithoutKey() {
        return isExposedWithoutKey(settings);
    }

    private static boolean isExposedWithoutKey(GatewaySettings settings) {
        return !settings.isLoopback() && !settings.access().isKeyRequired();
    }

    /** Returns the client for the model server, which closes with the gateway. */
    public Paddock client() {
        return client;
    }

    /**
     * Shuts down gracefully: accepts no more requests, waits up to the drain time for those in progress, and aborts the rest so that
     * their clients see it.
     *
     * @return the number of aborted requests
     */
    public int drain() {
        closeReload();
        closeDashboard();
        return gateway.drain();
    }

    /** Aborts all requests and closes the connections to the model server. Closing again does nothing. */
    @Override
    public void close() {
        try {
            probe.close();
            if (documents != null) {
                documents.close();
            }
            closeReload();
            closeDashboard();
            gateway.close();
        } finally {
            telemetry.clientCloses();
            client.close();
            telemetry.close();
        }
    }

    private void closeReload() {
        GatewayReload present = reload.get();
        if (present != null) {
            present.close();
        }
    }

    private void closeDashboard() {
        if (dashboard != null) {
            dashboard.close();
        }
    }

    private static String reachable(String host) {
        return switch (host) {
            case "0.0.0.0" -> "127.0.0.1";
            case "::", "[::]" -> "[::1]";
            default -> host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
        };
    }
}
