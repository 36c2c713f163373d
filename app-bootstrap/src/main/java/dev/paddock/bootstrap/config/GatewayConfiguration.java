package dev.paddock.bootstrap.config;

import static java.util.Objects.requireNonNull;

import dev.paddock.adapters.http.gateway.GatewaySettings;

/**
 * Everything that can be set for a gateway. Immutable, and printed without secrets.
 *
 * @param client how the model server behind it is reached
 * @param gateway where it listens, and whom it lets in
 */
public record GatewayConfiguration(PaddockSettings client, GatewaySettings gateway) {

    public GatewayConfiguration {
        requireNonNull(client, "client");
        requireNonNull(gateway, "gateway");
    }
}
