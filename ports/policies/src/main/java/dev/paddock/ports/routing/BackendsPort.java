package dev.paddock.ports.routing;

import dev.paddock.domain.exchange.BackendId;
import dev.paddock.domain.routing.BackendStatus;
import java.util.List;

/** Observes the servers among which a client chooses, and keeps calls from one of them. Implementations are thread-safe. */
public interface BackendsPort {

    /** Returns what is known of each server, in the order of the settings. */
    List<BackendStatus> backends();

    /**
     * Keeps further calls from a server, or lets them pass again. Calls in progress go on.
     *
     * @return whether there is such a server
     */
    boolean setDrained(BackendId backend, boolean isDrained);
}
