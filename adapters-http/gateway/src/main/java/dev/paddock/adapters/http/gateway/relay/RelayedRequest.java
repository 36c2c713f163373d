package dev.paddock.adapters.http.gateway.relay;

import static java.util.Objects.requireNonNull;

import dev.paddock.adapters.http.server.ServerRequest;

/**
 * A request to be relayed.
 *
 * @param request the request as it came in
 * @param endpoint what it asks
 * @param id its id
 */
public record RelayedRequest(ServerRequest request, ApiEndpoint endpoint, String id) {

    public RelayedRequest {
        requireNonNull(request, "request");
        requireNonNull(endpoint, "endpoint");
        requireNonNull(id, "id");
    }
}
