package dev.paddock.adapters.http.gateway;

import static java.util.Objects.requireNonNull;

import dev.paddock.adapters.http.gateway.server.HttpServer;
import java.time.Duration;

/**
 * A gateway that listens: an HTTP server that passes what its clients ask on to a model server. Thread-safe.
 *
 * <p>It borrows the parts it is put together from: closing them is for whoever made them, after the gateway is closed.
 */
public final class Gateway implements AutoCloseable {

    private final HttpServer server;
    private final Dispatcher dispatcher;
    private final Duration drainLimit;
    private final AccessLog log;

    private Gateway(HttpServer server, Dispatcher dispatcher, Duration drainLimit, AccessLog log) {
        this.server = server;
        this.dispatcher = dispatcher;
        this.drainLimit = drainLimit;
        this.log = log;
    }

    /**
     * Starts a gateway.
     *
     * @param log where each request is taken down; closed with the gateway
     * @throws java.io.UncheckedIOException if the address cannot be listened on, or the key store cannot be used
     */
    public static Gateway start(GatewayParts parts, GatewaySettings settings, AccessLog log) {
        Dispatcher dispatcher =
                new Dispatcher(requireNonNull(parts, "parts"), settings.access(), requireNonNull(log, "log"));
        HttpServer server = HttpServer.start(settings.server(), dispatcher);
        return new Gateway(server, dispatcher, settings.drainLimit(), log);
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
        return server.drain(drainLimit);
    }

    /** Stops at once. Does nothing the second time. */
    @Override
    public void close() {
        server.close();
        log.close();
    }
}
