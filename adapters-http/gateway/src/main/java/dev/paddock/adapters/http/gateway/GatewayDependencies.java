package dev.paddock.adapters.http.gateway;

import static java.util.Objects.requireNonNull;

import dev.paddock.ports.exchange.ExchangePort;
import dev.paddock.ports.metrics.MetricsPort;
import java.util.List;

/**
 * The objects that a gateway uses.
 *
 * @param exchange relays requests
 * @param metrics receives measurements
 * @param endpoints the requests that the gateway answers itself
 */
public record GatewayDependencies(ExchangePort exchange, MetricsPort metrics, List<GatewayEndpoint> endpoints) {

    public GatewayDependencies {
        requireNonNull(exchange, "exchange");
        requireNonNull(metrics, "metrics");
        endpoints = List.copyOf(endpoints);
    }
}
