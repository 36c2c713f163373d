package dev.paddock.adapters.http.gateway.relay;

import dev.paddock.domain.exchange.Operation;

/**
 * The meaning of a request according to its method and path.
 *
 * @param operation the operation; {@link Operation#OTHER} when it is unknown
 * @param protocol the API of the client
 * @param administrative whether only clients of an operator's choice may send it: it may change the server or its account, or make the
 *     server reach other ones
 */
public record ApiEndpoint(Operation operation, Protocol protocol, boolean administrative) {}
