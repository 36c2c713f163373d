package dev.paddock.ports.resilience;

import dev.paddock.domain.resilience.Circuit;
import java.util.List;

/** Shows the circuits to the model servers and their models. Implementations are thread-safe and quick: looking changes nothing. */
@FunctionalInterface
public interface CircuitBreakerPort {

    /**
     * Returns the circuits to all servers in use at this instant, and to the models on them that were asked lately (a bounded
     * number). Each server comes before its models, otherwise in no particular order; empty when there is none.
     */
    List<Circuit> circuits();

    /** Returns whether the circuits of all servers in use refuse calls now; false when there is none. */
    default boolean refusesAllCalls() {
        List<Circuit> servers =
                circuits().stream().filter(circuit -> circuit.model() == null).toList();
        return !servers.isEmpty() && servers.stream().allMatch(Circuit::refusesCalls);
    }

    /** Returns whether any server has answered since the start of this process; true where that is not recorded. */
    default boolean hasAnswer() {
        return true;
    }
}
