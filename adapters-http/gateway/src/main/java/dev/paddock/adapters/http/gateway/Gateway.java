package dev.paddock.adapters.http.gateway;

import static java.util.Objects.requireNonNull;

import dev.paddock.adapters.http.gateway.accesslog.AccessLog;
import dev.paddock.adapters.http.server.engine.HttpServer;
import java.time.Duration;

/**
 * A gateway that listens: an HTTP server that passes what its clients ask on to a model server. Thread-safe.
 *
 * <p>It borrows the parts it is put together from: closing them is for whoever made them, after the gateway is closed.
 */
public final class Gateway implements AutoCloseable {

    private final HttpServer server;
    private final GatewayRequestHandler dispatcher;
    private final Duration drainTimeout;
    private final AccessLog log;

    private Gateway(HttpServer server, GatewayRequestHandler dispatcher, Duration drainTimeout, AccessLog log) {
        this.server = server;
        this.dispatcher = dispatcher;
        this.drainTimeout = drainTimeout;
        this.log = log;
    }

    /**
     * Starts a gateway.
     *
     * @param log where each request is taken down; closed with the gateway
     * @throws java.io.UncheckedIOException if the address cannot be listened on, or the key store cannot be used
     */
    public static Gateway start(GatewayDependencies parts, GatewaySettings settings, AccessLog log) {
        GatewayRequestHandler dispatcher =
                new GatewayRequestHandler(requireNonNull(parts, "parts"), settings.access(), requireNonNull(log, "log"));
        HttpServer server = HttpServer.start(settings.server(), dispatcher);
        return new Gateway(server, dispatcher, settings.drainTimeout(), log);
    }

    /** Returns the port listened on. */
    public int port() {
        return server.port();
    }

    /**
     * Stops accepting, lets requests finish up to the limit of the settings, and tells those that have not that the gateway stops.
     * Returns when every request has ended; the gateway is to be closed afterwards.
     *
     * @return how many requests were cut
     */
    public int drain() {
        dispatcher.drain();
        return server.drain(drainTimeout);
    }

    /** Stops at once. Does nothing the second time. */
    @Override
    public void close() {
        server.close();
        log.close();
    }
}
