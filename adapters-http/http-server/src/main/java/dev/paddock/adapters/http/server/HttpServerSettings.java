package dev.paddock.adapters.http.server;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * The settings of a server.
 *
 * @param host the name or address to listen on
 * @param port the port; zero selects a free port
 * @param limits the limits for clients
 * @param tls the TLS settings; null for a server without TLS
 * @param nativeTransport whether its event loops are over Netty's native library, epoll, and not over NIO
 */
public record HttpServerSettings(
        String host, int port, ServerLimits limits, @Nullable ServerTls tls, boolean nativeTransport) {

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

    /** Creates settings of a server over NIO. */
    public HttpServerSettings(String host, int port, ServerLimits limits, @Nullable ServerTls tls) {
        this(host, port, limits, tls, false);
    }

    /** Returns settings with the default limits and without TLS. */
    public static HttpServerSettings of(String host, int port) {
        return new HttpServerSettings(host, port, ServerLimits.DEFAULT, null);
    }

    /** Returns these settings with other limits. */
    public HttpServerSettings withLimits(ServerLimits otherLimits) {
        return new HttpServerSettings(host, port, otherLimits, tls, nativeTransport);
    }

    /** Returns these settings with TLS. */
    public HttpServerSettings withTls(ServerTls otherTls) {
        return new HttpServerSettings(host, port, limits, otherTls, nativeTransport);
    }

    /** Returns these settings with event loops over Netty's native library, or over NIO. */
    public HttpServerSettings withNativeTransport(boolean isNative) {
        return new HttpServerSettings(host, port, limits, tls, isNative);
    }
}
