package dev.paddock.adapters.http.server;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * Where a server listens, and what it takes.
 *
 * @param host the name or address to listen on
 * @param port the port; zero for one that is free
 * @param limits what it takes from a client at most
 * @param tls how it proves who it is; null for a server without TLS
 */
public record HttpServerSettings(String host, int port, ServerLimits limits, @Nullable ServerTls tls) {

    private static final int LAST_PORT = 65_535;

    public HttpServerSettings {
        requireNonNull(host, "host");
        requireNonNull(limits, "limits");
        if (host.isBlank()) {
            throw new IllegalArgumentException("host must not be blank");
        }
        if (port < 0 || port > LAST_PORT) {
            throw new IllegalArgumentException("port must be from 0 to 65535: " + port);
        }
    }

    /** Returns settings with the usual limits and without TLS. */
    public static HttpServerSettings of(String host, int port) {
        return new HttpServerSettings(host, port, ServerLimits.builder().build(), null);
    }

    /** Returns these settings with other limits. */
    public HttpServerSettings withLimits(ServerLimits otherLimits) {
        return new HttpServerSettings(host, port, otherLimits, tls);
    }

    /** Returns these settings with TLS. */
    public HttpServerSettings withTls(ServerTls otherTls) {
        return new HttpServerSettings(host, port, limits, otherTls);
    }
}
