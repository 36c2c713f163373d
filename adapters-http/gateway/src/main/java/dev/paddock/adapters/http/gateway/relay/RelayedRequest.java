package dev.paddock.adapters.http.gateway.relay;

import dev.paddock.adapters.http.server.ServerRequest;
import dev.paddock.domain.exchange.CallAttributes.Priority;
import org.jspecify.annotations.Nullable;

/**
 * A request to be relayed.
 *
 * @param request the received request
 * @param endpoint the endpoint of the API
 * @param id its id
 * @param caller who sends it: the index of the API key, such as {@code key-0}, else the address of the client
 * @param tenant the text that stands for the key of the caller in all gateways, or null when it has no key
 * @param priority how urgent it is
 * @param weight the share of its caller relative to others, 1 to 100
 */
public record RelayedRequest(
        ServerRequest request,
        ApiEndpoint endpoint,
        String id,
        String caller,
        @Nullable String tenant,
        Priority priority,
        int weight) {}
