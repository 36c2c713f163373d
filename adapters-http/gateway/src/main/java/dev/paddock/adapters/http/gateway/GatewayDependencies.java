package dev.paddock.adapters.http.gateway;

import static java.util.Objects.requireNonNull;

import dev.paddock.ports.admission.AdmissionPort;
import dev.paddock.ports.exchange.ExchangePort;
import dev.paddock.ports.metrics.MetricsPort;
import dev.paddock.ports.reuse.AnswerCachePort;
import dev.paddock.ports.sharedstate.SharedStatePort;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The objects that a gateway uses.
 *
 * @param exchange relays requests
 * @param metrics receives measurements
 * @param admission the queue in front of the model servers, or null for none
 * @param shared what it shares with other gateways, or null for nothing
 * @param answers the stored answers that the exchange uses, or null when there are none
 * @param endpoints the requests that the gateway answers itself
 */
public record GatewayDependencies(
        ExchangePort exchange,
        MetricsPort metrics,
        @Nullable AdmissionPort admission,
        @Nullable SharedStatePort shared,
        @Nullable AnswerCachePort answers,
        List<GatewayEndpoint> endpoints) {

    public GatewayDependencies {
        requireNonNull(exchange, "exchange");
        requireNonNull(metrics, "metrics");
        endpoints = List.copyOf(endpoints);
    }

    /** Creates the dependencies of a gateway without an admission queue and without stored answers, which shares nothing. */
    public GatewayDependencies(ExchangePort exchange, MetricsPort metrics, List<GatewayEndpoint> endpoints) {
        this(exchange, metrics, null, null, null, endpoints);
    }
}
