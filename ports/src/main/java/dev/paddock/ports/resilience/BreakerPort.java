package dev.paddock.ports.resilience;

import dev.paddock.domain.resilience.Circuit;
import java.util.List;

/** Shows the circuits to the model servers. Implementations are thread-safe and quick: looking changes nothing. */
@FunctionalInterface
public interface BreakerPort {

    /** Returns the circuits to all servers in use at this instant, in no particular order; empty when there is none. */
    List<Circuit> circuits();
}
