package dev.paddock.ports.exchange.routing;

import dev.paddock.domain.exchange.BackendId;
import dev.paddock.domain.exchange.CallContext;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The servers that one call was sent to. What tries a call again puts it into the context of every attempt, and learns by it whether
 * another server can take the call. Confined to the thread of the call.
 */
public abstract class CallRoute {

    /** The attribute of the context of each attempt. */
    public static final CallContext.Key<CallRoute> KEY = CallContext.Key.named("call route");

    private List<BackendId> backends = List.of(); // in order; a call to the only server has none
    private boolean alternative;

    /** Creates the route of a call that was not sent yet. */
    protected CallRoute() {}

    /** Returns whether an attempt of the call was sent to the server. */
    public final boolean includes(BackendId backend) {
        return backends.contains(backend);
    }

    /** Returns the server that the latest attempt was sent to, or null before the first. */
    public final @Nullable BackendId latest() {
        return backends.isEmpty() ? null : backends.getLast();
    }

    /** Returns whether a server that the call was not sent to can take it, too, as far as the latest attempt has shown. */
    public final boolean hasAlternative() {
        return alternative;
    }

    /**
     * Notes the server that an attempt is sent to.
     *
     * @param hasAlternative whether a server that the call was not sent to can take it, too
     */
    public final void add(BackendId backend, boolean hasAlternative) {
        if (backends.isEmpty()) {
            backends = new ArrayList<>(2);
        }
        backends.add(backend);
        alternative = hasAlternative;
    }
}
