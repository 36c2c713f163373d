package dev.paddock.adapters.http.gateway;

import static java.util.Objects.requireNonNull;

import dev.paddock.adapters.http.gateway.accesscontrol.AccessSettings;
import dev.paddock.adapters.http.server.HttpServerSettings;
import dev.paddock.domain.error.ErrorFacts;
import dev.paddock.domain.error.InvalidRequestException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

/**
 * The settings of a gateway. Immutable.
 *
 * @param server the address and the limits of its server
 * @param access the access control
 * @param drainTimeout how long the requests in progress may take when it stops; zero cancels them immediately
 * @param monitoring what operators see of it
 */
public record GatewaySettings(
        HttpServerSettings server, AccessSettings access, Duration drainTimeout, MonitoringSettings monitoring) {

    /** The default drain timeout. */
    public static final Duration DEFAULT_DRAIN_TIMEOUT = Duration.ofSeconds(30);

    /**
     * Checks the settings.
     *
     * @throws InvalidRequestException if the drain timeout is negative
     */
    public GatewaySettings {
        requireNonNull(server, "server");
        requireNonNull(access, "access");
        requireNonNull(monitoring, "monitoring");
        if (drainTimeout.isNegative()) {
            throw new InvalidRequestException("the drain timeout must not be negative", ErrorFacts.NONE);
        }
    }

    /** Creates settings with the default monitoring, with the check of the other constructor. */
    public GatewaySettings(HttpServerSettings server, AccessSettings access, Duration drainTimeout) {
        this(server, access, drainTimeout, MonitoringSettings.DEFAULT);
    }

    /** Returns settings with the default access control: no keys, no rate limit, no administration. */
    public static GatewaySettings of(String host, int port) {
        return new GatewaySettings(HttpServerSettings.of(host, port), AccessSettings.DEFAULT, DEFAULT_DRAIN_TIMEOUT);
    }

    /** Returns whether only this machine can reach the address. */
    public boolean isLoopback() {
        InetAddress address = new InetSocketAddress(server.host(), 0).getAddress();
        return address != null && address.isLoopbackAddress();
    }

    /**
     * Returns the access control for the address. The check of host names protects a gateway that only this machine can reach from web
     * pages. Elsewhere any name is allowed unless some are configured.
     */
    AccessSettings effectiveAccess() {
        return isLoopback() || !access.hosts().isEmpty() ? access : access.withHosts(List.of("*"));
    }

    /** Returns these settings with other access control. */
    public GatewaySettings withAccess(AccessSettings newAccess) {
        return new GatewaySettings(server, newAccess, drainTimeout, monitoring);
    }

    /** Returns these settings with another drain timeout. */
    public GatewaySettings withDrainTimeout(Duration newLimit) {
        return new GatewaySettings(server, access, newLimit, monitoring);
    }

    /** Returns these settings with other monitoring. */
    public GatewaySettings withMonitoring(MonitoringSettings newMonitoring) {
        return new GatewaySettings(server, access, drainTimeout, newMonitoring);
    }
}
