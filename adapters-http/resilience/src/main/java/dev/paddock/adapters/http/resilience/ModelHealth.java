package dev.paddock.adapters.http.resilience;

import dev.paddock.domain.resilience.Circuit;
import org.jspecify.annotations.Nullable;

/**
 * The circuit to one model on a server, and the calls to it that are under way. Thread-safe.
 *
 * @param scope the server and the model
 * @param circuit whether calls pass
 * @param calls the calls under way; they have no limit of their own
 */
record ModelHealth(Circuit.Scope scope, EpochCircuitBreaker circuit, CallPermits calls) {

    /** Returns a permit for a call, or null when the circuit does not let it pass. */
    @Nullable CircuitPermit tryAdmit() {
        CircuitPermit permit = circuit.tryAcquire();
        if (permit != null) {
            calls.tryAcquire();
        }
        return permit;
    }

    Circuit observe() {
        return new Circuit(scope, circuit.state(), circuit.remainingOpenTime(), calls.inUse());
    }
}
