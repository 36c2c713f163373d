package dev.paddock.adapters.http.gateway.relay;

import dev.paddock.adapters.http.server.ServerRequest;
import dev.paddock.domain.exchange.CacheControl;
import dev.paddock.domain.exchange.CallAttributes;
import dev.paddock.domain.exchange.CallAttributes.Priority;
import dev.paddock.domain.exchange.CallContext;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request to be relayed.
 *
 * @param request the received request
 * @param endpoint the endpoint of the API
 * @param id its id
 * @param caller who sends it: the name or index of the API key, such as {@code key-0}, else the address of the client
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
        int weight) {

    private static final String TRACE_PARENT = "traceparent";

    /** Returns the context of calls for this request, which are cancelled when its client disconnects. */
    public CallContext context() {
        CallContext context =
                CallContext.create().withCancellation(request.cancellation()).with(CallAttributes.CALLER, caller);
        if (tenant != null) {
            context = context.with(CallAttributes.TENANT, tenant);
        }
        if (priority != Priority.INTERACTIVE) {
            context = context.with(CallAttributes.PRIORITY, priority);
        }
        if (weight != 1) {
            context = context.with(CallAttributes.WEIGHT, weight);
        }
        CacheControl control = CacheControl.of(request.head().headers());
        if (!control.equals(CacheControl.DEFAULT)) {
            context = context.with(CallAttributes.CACHE_CONTROL, control);
        }
        // Several values are forwarded as received; none of them is the parent of the call.
        List<String> parents = request.head().headers().all(TRACE_PARENT);
        return parents.size() == 1 ? context.with(CallAttributes.TRACE_PARENT, parents.getFirst()) : context;
    }
}
