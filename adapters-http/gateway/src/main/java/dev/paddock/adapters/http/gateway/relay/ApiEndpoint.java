package dev.paddock.adapters.http.gateway.relay;

import static java.util.Objects.requireNonNull;

import dev.paddock.domain.exchange.Operation;

/**
 * What a request asks, as far as its method and its path tell.
 *
 * @param operation what is asked; {@link Operation#OTHER} when that is not known
 * @param protocol what the client speaks
 * @param administrative whether it may change the server or its account, and not only make it compute
 */
public record ApiEndpoint(Operation operation, Protocol protocol, boolean administrative) {

    public ApiEndpoint {
        requireNonNull(operation, "operation");
        requireNonNull(protocol, "protocol");
    }
}
