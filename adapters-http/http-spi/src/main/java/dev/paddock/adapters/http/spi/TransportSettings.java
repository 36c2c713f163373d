package dev.paddock.adapters.http.spi;

import static java.util.Objects.requireNonNull;

import dev.paddock.domain.error.ErrorFacts;
import dev.paddock.domain.error.InvalidRequestException;
import dev.paddock.domain.pool.ConnectionLifetimes;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * The settings of connections. Immutable; equal settings share one transport.
 *
 * @param connectTimeout how long connecting may take, the lookup of the name, all its addresses and the answer of a proxy together, positive
 * @param tlsTimeout how long the TLS handshake may take, positive
 * @param lifetimes how long connections live
 * @param tls the TLS context, with the authorities to trust and the certificate of this client, or null for the platform's default
 * @param proxy the proxy that every connection goes through, or null for none
 * @param nativeTransport whether a transport that can have its event loops over a native library of the operating system has them over
 *     that; any other ignores it
 */
public record TransportSettings(
        Duration connectTimeout,
        Duration tlsTimeout,
        ConnectionLifetimes lifetimes,
        @Nullable SSLContext tls,
        @Nullable HttpProxy proxy,
        boolean nativeTransport) {

    /** Five seconds to connect and five for TLS, the usual lifetimes, the platform's TLS, and no proxy. */
    public static final TransportSettings DEFAULT = new TransportSettings(
            Duration.ofSeconds(5), Duration.ofSeconds(5), ConnectionLifetimes.DEFAULT, null);

    public TransportSettings {
        requirePositive("the connect timeout", connectTimeout);
        requirePositive("the TLS timeout", tlsTimeout);
        requireNonNull(lifetimes, "lifetimes");
    }

    /** Creates settings without a proxy and without a native library. */
    public TransportSettings(
            Duration connectTimeout, Duration tlsTimeout, ConnectionLifetimes lifetimes, @Nullable SSLContext tls) {
        this(connectTimeout, tlsTimeout, lifetimes, tls, null, false);
    }

    /** Returns these settings with the given TLS context, null for the platform's default. */
    public TransportSettings withTls(@Nullable SSLContext context) {
        return new TransportSettings(connectTimeout, tlsTimeout, lifetimes, context, proxy, nativeTransport);
    }

    /** Returns these settings with the given proxy, null for none. */
    public TransportSettings withProxy(@Nullable HttpProxy newProxy) {
        return new TransportSettings(connectTimeout, tlsTimeout, lifetimes, tls, newProxy, nativeTransport);
    }

    /** Returns these settings with event loops over a native library, or without. */
    public TransportSettings withNativeTransport(boolean isNative) {
        return new TransportSettings(connectTimeout, tlsTimeout, lifetimes, tls, proxy, isNative);
    }

    private static void requirePositive(String what, Duration duration) {
        if (duration.isNegative() || duration.isZero()) {
            throw new InvalidRequestException(what + " must be positive, not " + duration, ErrorFacts.NONE);
        }
    }
}
