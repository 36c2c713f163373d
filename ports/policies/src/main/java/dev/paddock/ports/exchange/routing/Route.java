package dev.paddock.ports.exchange.routing;

import static java.util.Objects.requireNonNull;

import dev.paddock.domain.routing.Backend;
import dev.paddock.ports.exchange.ExchangePort;
import dev.paddock.ports.llm.ModelCatalogPort;

/**
 * The way of one client to one server.
 *
 * @param backend the server
 * @param attempts makes one attempt there for each call
 * @param catalog asks the server for its models, without retries
 * @param closing closes what the way consists of, once no call uses it
 */
public record Route(Backend backend, ExchangePort attempts, ModelCatalogPort catalog, Runnable closing) {

    public Route {
        requireNonNull(backend, "backend");
        requireNonNull(attempts, "attempts");
        requireNonNull(catalog, "catalog");
        requireNonNull(closing, "closing");
    }
}
