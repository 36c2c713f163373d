package dev.paddock.adapters.http.gateway;

import static java.util.Objects.requireNonNull;

import dev.paddock.domain.time.Ticker;
import dev.paddock.ports.exchange.ExchangePort;
import dev.paddock.ports.metrics.MetricsPort;

/**
 * What a gateway is put together from.
 *
 * @param exchange where requests go
 * @param metrics where measurements go
 * @param operations what the gateway itself answers
 * @param ticker what time is measured with, {@code System::nanoTime} in production
 */
public record GatewayDependencies(ExchangePort exchange, MetricsPort metrics, GatewayEndpoints operations, Ticker ticker) {

    public GatewayDependencies {
        requireNonNull(exchange, "exchange");
        requireNonNull(metrics, "metrics");
        requireNonNull(operations, "operations");
        requireNonNull(ticker, "ticker");
    }

    /** Returns the parts of a gateway over the clock of the machine. */
    public static GatewayDependencies of(ExchangePort exchange, MetricsPort metrics, GatewayEndpoints operations) {
        return new GatewayDependencies(exchange, metrics, operations, System::nanoTime);
    }
}
