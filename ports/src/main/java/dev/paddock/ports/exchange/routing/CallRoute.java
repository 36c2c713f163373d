package dev.paddock.ports.exchange.routing;

import dev.paddock.domain.exchange.BackendId;
import dev.paddock.domain.exchange.CallContext;
import org.jspecify.annotations.Nullable;

/**
 * The servers that one call was sent to. What tries a call again puts it into the context of every attempt, and learns by it whether
 * another server can take the call. Confined to the thread of the call.
 */
public interface CallRoute {

    /** The attribute of the context of each attempt. */
    CallContext.Key<CallRoute> KEY = CallContext.Key.named("call route");

    /** Returns whether an attempt of the call was sent to the server. */
    boolean includes(BackendId backend);

    /** Returns the server that the latest attempt was sent to, or null before the first. */
    @Nullable BackendId latest();

    /**
     * Notes the server that an attempt is sent to.
     *
     * @param hasAlternative whether a server that the call was not sent to can take it, too
     */
    void add(BackendId backend, boolean hasAlternative);
}
