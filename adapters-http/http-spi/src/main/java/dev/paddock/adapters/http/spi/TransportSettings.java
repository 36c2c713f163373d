package dev.paddock.adapters.http.spi;

import static java.util.Objects.requireNonNull;

import dev.paddock.domain.error.ErrorFacts;
import dev.paddock.domain.error.InvalidRequestException;
import dev.paddock.domain.pool.ConnectionLifetimes;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * How a transport connects. Immutable; equal settings share one transport.
 *
 * @param connectTimeout how long a connection may take to open, positive
 * @param readTimeout how long the server may be silent, before the head and between pieces of the body, positive
 * @param lifetimes how long connections live
 * @param tls what TLS is spoken with, or null for the platform's default
 */
public record TransportSettings(
        Duration connectTimeout, Duration readTimeout, ConnectionLifetimes lifetimes, @Nullable SSLContext tls) {

    public TransportSettings {
        requirePositive("the connect timeout", connectTimeout);
        requirePositive("the read timeout", readTimeout);
        requireNonNull(lifetimes, "lifetimes");
    }

    private static void requirePositive(String what, Duration duration) {
        if (duration.isNegative() || duration.isZero()) {
            throw new InvalidRequestException(what + " must be positive, not " + duration, ErrorFacts.NONE);
        }
    }
}
