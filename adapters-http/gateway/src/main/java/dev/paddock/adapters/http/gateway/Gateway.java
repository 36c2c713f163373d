package dev.paddock.adapters.http.gateway;

import static java.util.Objects.requireNonNull;

import dev.paddock.adapters.http.gateway.accesscontrol.AccessKey;
import dev.paddock.adapters.http.gateway.accesslog.AccessLog;
import dev.paddock.adapters.http.server.engine.HttpServer;
import java.time.Duration;
import java.util.List;

/**
 * A running gateway: an HTTP server that relays the requests of its clients to a model server. Thread-safe.
 *
 * <p>It does not close its dependencies. Their owner closes them after the gateway.
 */
public final class Gateway implements AutoCloseable {

    private final HttpServer server;
    private final GatewayRequestHandler handler;
    private final Duration drainTimeout;
    private final AccessLog log;

    private Gateway(HttpServer server, GatewayRequestHandler handler, Duration drainTimeout, AccessLog log) {
        this.server = server;
        this.handler = handler;
        this.drainTimeout = drainTimeout;
        this.log = log;
    }

    /**
     * Starts a gateway.
     *
     * @param log the access log; closed with the gateway
     * @throws IllegalArgumentException if two endpoints have a path and a method in common
     * @throws java.io.UncheckedIOException if the address cannot be listened on, or the key store cannot be used
     */
    public static Gateway start(GatewayDependencies dependencies, GatewaySettings settings, AccessLog log) {
        GatewayRequestHandler handler = new GatewayRequestHandler(
                requireNonNull(dependencies, "dependencies"),
                settings.effectiveAccess(),
                requireNonNull(log, "log"),
                settings.monitoring().isMonitoringLogged());
        HttpServer server = HttpServer.start(settings.server(), handler);
        return new Gateway(server, handler, settings.drainTimeout(), log);
    }

    /** Returns the port listened on. */
    public int port() {
        return server.port();
    }

    /**
     * Replaces the API keys: requests that come from now on need one of them. Requests in progress go on. A gateway that once required a key
     * requires one from then on.
     */
    public void replaceKeys(List<AccessKey> keys) {
        handler.replaceKeys(keys);
    }

    /**
     * Graceful shutdown: stops accepting, waits for the requests in progress up to the drain timeout, and cancels the rest. Returns
     * when every request has ended. Close the gateway afterwards.
     *
     * @return how many requests were cancelled
     */
    public int drain() {
        handler.drain();
        return server.drain(drainTimeout);
    }

    /** Stops immediately. Does nothing the second time. */
    @Override
    public void close() {
        server.close();
        log.close();
    }
}
