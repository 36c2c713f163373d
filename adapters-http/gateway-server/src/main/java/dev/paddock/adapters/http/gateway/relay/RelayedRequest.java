package dev.paddock.adapters.http.gateway.relay;

import static java.util.Objects.requireNonNull;

import dev.paddock.adapters.http.gateway.server.ServerRequest;

/**
 * A request to be relayed.
 *
 * @param request the request as it came in
 * @param route what it asks
 * @param id its id
 */
public record RelayedRequest(ServerRequest request, Route route, String id) {

    public RelayedRequest {
        requireNonNull(request, "request");
        requireNonNull(route, "route");
        requireNonNull(id, "id");
    }
}
