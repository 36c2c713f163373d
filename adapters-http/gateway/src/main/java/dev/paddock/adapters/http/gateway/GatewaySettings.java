package dev.paddock.adapters.http.gateway;

import static java.util.Objects.requireNonNull;

import dev.paddock.adapters.http.gateway.accesscontrol.AccessSettings;
import dev.paddock.adapters.http.server.HttpServerSettings;
import dev.paddock.domain.error.ErrorFacts;
import dev.paddock.domain.error.InvalidRequestException;
import java.time.Duration;

/**
 * Where a gateway listens, whom it lets in, and how it stops. Immutable.
 *
 * @param server where it listens, and what it takes from a client
 * @param access whom it lets in
 * @param drainTimeout how long requests may take to finish when it stops; zero cuts them at once
 */
public record GatewaySettings(HttpServerSettings server, AccessSettings access, Duration drainTimeout) {

    /** How long requests may take usually to finish when a gateway stops. */
    public static final Duration DEFAULT_DRAIN_TIMEOUT = Duration.ofSeconds(30);

    /**
     * @throws InvalidRequestException if the limit is negative
     */
    public GatewaySettings {
        requireNonNull(server, "server");
        requireNonNull(access, "access");
        if (drainTimeout.isNegative()) {
            throw new InvalidRequestException("the limit for draining is not negative", ErrorFacts.NONE);
        }
    }

    /** Returns the settings of a gateway on the given address that lets in whoever can reach it, but not to change the server. */
    public static GatewaySettings of(String host, int port) {
        return new GatewaySettings(HttpServerSettings.of(host, port), AccessSettings.DEFAULT, DEFAULT_DRAIN_TIMEOUT);
    }

    /** Returns these settings with another server. */
    public GatewaySettings withServer(HttpServerSettings newServer) {
        return new GatewaySettings(newServer, access, drainTimeout);
    }

    /** Returns these settings with other rules of access. */
    public GatewaySettings withAccess(AccessSettings newAccess) {
        return new GatewaySettings(server, newAccess, drainTimeout);
    }

    /** Returns these settings with another limit for draining. */
    public GatewaySettings withDrainTimeout(Duration newLimit) {
        return new GatewaySettings(server, access, newLimit);
    }
}
