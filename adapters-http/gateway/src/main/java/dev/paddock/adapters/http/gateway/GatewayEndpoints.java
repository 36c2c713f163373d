package dev.paddock.adapters.http.gateway;

import dev.paddock.adapters.http.server.RequestHead;
import dev.paddock.adapters.http.server.ServerResponse;
import org.jspecify.annotations.Nullable;

/** What the gateway itself answers, for those who operate it. Implementations are thread-safe. */
@FunctionalInterface
public interface GatewayEndpoints {

    /** A gateway that answers nothing itself. */
    GatewayEndpoints NONE = (head, draining) -> null;

    /**
     * Answers a request that is for the gateway itself. Runs on a virtual thread, may block, and must be quick all the same.
     *
     * @param head the request, which has been let in; its body is of no interest
     * @param draining whether the gateway is being stopped and wants no more requests
     * @return the answer, or null when the request is for the model server
     */
    @Nullable ServerResponse answer(RequestHead head, boolean draining);

    /**
     * Tells whether a path says nothing but whether the gateway lives, so that it is answered without a key and without limit. Runs
     * on the thread of the connection and must not block. A probe is never passed on to the model server.
     */
    default boolean isProbe(String path) {
        return false;
    }
}
