package dev.paddock.ports.sharedstate;

import dev.paddock.domain.sharedstate.SharedStateSettings;
import dev.paddock.ports.metrics.MetricsPort;

/** Opens shared state. The module of a store offers one as a service, for {@link java.util.ServiceLoader}. Stateless. */
@FunctionalInterface
public interface SharedStateProviderPort {

    /**
     * Connects to the store, for which it waits a second at most. Without an answer it goes on trying, and calls use the state of this
     * process meanwhile.
     */
    SharedStatePort open(SharedStateSettings settings, MetricsPort metrics);
}
