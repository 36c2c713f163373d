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
 * @param connectTimeout how long connecting may take, the lookup of the name and all its addresses together, positive
 * @param tlsTimeout how long the TLS handshake may take, positive
 * @param lifetimes how long connections live
 * @param tls the TLS context, or null for the platform's default
 */
public record TransportSettings(
        Duration connectTimeout, Duration tlsTimeout, ConnectionLifetimes lifetimes, @Nullable SSLContext tls) {

    /** Five seconds to connect and five for TLS, the usual lifetimes, and the platform's TLS. */
    public static final TransportSettings DEFAULT = new TransportSettings(
            Duration.ofSeconds(5), Duration.ofSeconds(5), ConnectionLifetimes.DEFAULT, null);

    public TransportSettings {
        requirePositive("the connect timeout", connectTimeout);
        requirePositive("the TLS timeout", tlsTimeout);
        requireNonNull(lifetimes, "lifetimes");
    }

    private static void requirePositive(String what, Duration duration) {
        if (duration.isNegative() || duration.isZero()) {
            throw new InvalidRequestException(what + " must be positive, not " + duration, ErrorFacts.NONE);
        }
    }
}
