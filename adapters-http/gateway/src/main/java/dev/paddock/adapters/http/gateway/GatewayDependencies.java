package dev.paddock.adapters.http.gateway;

import static java.util.Objects.requireNonNull;

import dev.paddock.domain.time.Ticker;
import dev.paddock.ports.exchange.ExchangePort;
import dev.paddock.ports.metrics.MetricsPort;
import java.util.List;

/**
 * The objects that a gateway uses.
 *
 * @param exchange relays requests
 * @param metrics receives measurements
 * @param endpoints the requests that the gateway answers itself
 * @param ticker the clock, {@code System::nanoTime} in production
 */
public record GatewayDependencies(
        ExchangePort exchange, MetricsPort metrics, List<GatewayEndpoint> endpoints, Ticker ticker) {

    public GatewayDependencies {
        requireNonNull(exchange, "exchange");
        requireNonNull(metrics, "metrics");
        endpoints = List.copyOf(endpoints);
        requireNonNull(ticker, "ticker");
    }

    /** Returns dependencies with the clock of the machine. */
    public static GatewayDependencies of(ExchangePort exchange, MetricsPort metrics, List<GatewayEndpoint> endpoints) {
        return new GatewayDependencies(exchange, metrics, endpoints, System::nanoTime);
    }
}
