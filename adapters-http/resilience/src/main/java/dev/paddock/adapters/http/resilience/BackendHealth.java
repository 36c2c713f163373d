package dev.paddock.adapters.http.resilience;

import dev.paddock.domain.error.CircuitOpenException;
import dev.paddock.domain.error.ErrorFacts;
import dev.paddock.domain.error.ServerBusyException;
import dev.paddock.domain.metrics.ResilienceMetrics;
import dev.paddock.domain.resilience.Circuit;
import dev.paddock.domain.resilience.CircuitState;
import dev.paddock.domain.time.Ticker;
import dev.paddock.ports.metrics.MetricsPort;
import java.time.Duration;

/** The circuit to one server and the calls to it that are under way. Thread-safe. */
final class BackendHealth {

    private final String backend;
    private final MetricsPort metrics;
    private final CallPermits permits;
    private final BackendCircuit circuit;

    BackendHealth(String backend, ResilienceSettings settings, MetricsPort metrics, Ticker ticker) {
        this.backend = backend;
        this.metrics = metrics;
        this.permits = new CallPermits(settings.callsAtOnce());
        this.circuit = new BackendCircuit(settings.circuit(), ticker, this::countTransition);
        metrics.gauge(ResilienceMetrics.CIRCUIT_STATE.with(backend), () -> circuit.state().code());
        metrics.gauge(ResilienceMetrics.CALLS_AT_ONCE.with(backend), permits::taken);
    }

    String backend() {
        return backend;
    }

    /**
     * Admits a call.
     *
     * @throws ServerBusyException if as many calls are under way as may be
     * @throws CircuitOpenException if the circuit does not let the call pass
     */
    GuardedCall admit() {
        // The circuit comes second: a call that it lets pass on trial must not be refused here afterwards.
        if (!permits.tryTake()) {
            count("calls_at_once");
            throw new ServerBusyException(
                    "all " + permits.limit() + " calls that may be made to " + backend + " at once are under way",
                    ErrorFacts.NONE.withBackend(backend));
        }
        CircuitPermit permit = circuit.tryAcquire();
        if (permit == null) {
            permits.giveBack();
            count("circuit_open");
            throw new CircuitOpenException(
                    ErrorFacts.NONE.withBackend(backend).withRetryAfter(circuit.refusesFor()));
        }
        return new GuardedCall(permit, permits);
    }

    Duration refusesFor() {
        return circuit.refusesFor();
    }

    Circuit observe() {
        return new Circuit(backend, circuit.state(), circuit.refusesFor(), permits.taken());
    }

    private void count(String reason) {
        metrics.count(ResilienceMetrics.REFUSED.with(backend, reason), 1);
    }

    private void countTransition(CircuitState state) {
        metrics.count(ResilienceMetrics.CIRCUIT_TRANSITIONS.with(backend, state.label()), 1);
    }
}
