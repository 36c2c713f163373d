package dev.paddock.adapters.http.gateway;

import dev.paddock.adapters.http.server.ServerRequest;
import dev.paddock.domain.exchange.CallContext;
import java.util.function.BooleanSupplier;

/**
 * A request to a {@link GatewayEndpoint}.
 *
 * @param request the request, with its body if the endpoint reads it
 * @param id its id, which is in the access log and in the response
 * @param caller who sends it: the name or index of the API key, such as {@code key-0}, else the address of the client
 * @param context the context of calls for it: they are cancelled when the client leaves, and have its caller, tenant, priority and wishes
 * @param draining whether the gateway is shutting down
 * @param stillAdmitted whether its key has not been revoked meanwhile; an answer without an end asks this again and again
 */
public record EndpointCall(
        ServerRequest request, String id, String caller, CallContext context, boolean draining, BooleanSupplier stillAdmitted) {}
