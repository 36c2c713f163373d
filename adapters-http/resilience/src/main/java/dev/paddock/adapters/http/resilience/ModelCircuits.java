package dev.paddock.adapters.http.resilience;

import dev.paddock.domain.resilience.Circuit;
import dev.paddock.domain.resilience.CircuitState;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The circuits to the models of one server. Callers choose the names, so their number is bounded. When it is reached, the closed
 * circuit of the least recently used model is removed, or the least recently used one when none is closed. Thread-safe.
 */
final class ModelCircuits {

    static final int MOST = 1000;
    /** The calls that run a model without naming it, or with a longer name than any model has, share a circuit of this name. */
    static final String UNNAMED = "(unnamed)";

    private static final int LONGEST_NAME = 512;

    private final Function<String, ModelHealth> creation;
    private final Lock lock = new ReentrantLock();
    // By name, the one not asked for the longest time first; guarded by lock.
    private final Map<String, ModelHealth> models = new LinkedHashMap<>(16, 0.75f, true);

    ModelCircuits(Function<String, ModelHealth> creation) {
        this.creation = creation;
    }

    /**
     * Returns what is known of a model, removing another if necessary.
     *
     * @param name the name, or null when a call does not name its model
     */
    ModelHealth of(@Nullable String name) {
        String model = name == null || name.isEmpty() || name.length() > LONGEST_NAME ? UNNAMED : name;
        lock.lock();
        try {
            ModelHealth known = models.get(model);
            if (known != null) {
                return known;
            }
            if (models.size() >= MOST) {
                models.remove(mostDispensable());
            }
            ModelHealth created = creation.apply(model);
            models.put(model, created);
            return created;
        } finally {
            lock.unlock();
        }
    }

    /** Returns what is known of every model, that of the model asked last at the end. */
    List<ModelHealth> all() {
        lock.lock();
        try {
            return List.copyOf(models.values());
        } finally {
            lock.unlock();
        }
    }

    /** Returns the circuits in the same order. That of the calls without a name is left out while it is closed. */
    List<Circuit> observe() {
        return all().stream()
                .map(ModelHealth::observe)
                .filter(circuit -> !UNNAMED.equals(circuit.model()) || circuit.state() != CircuitState.CLOSED)
                .toList();
    }

    private String mostDispensable() {
        for (Map.Entry<String, ModelHealth> entry : models.entrySet()) {
            if (entry.getValue().circuit().state() == CircuitState.CLOSED) {
                return entry.getKey();
            }
        }
        return models.keySet().iterator().next();
    }

    /**
     * The circuit to one model on a server, and the calls to it that are in progress. Thread-safe.
     *
     * @param scope the server and the model
     * @param circuit whether calls pass
     * @param calls the calls in progress; they have no limit of their own
     */
    record ModelHealth(Circuit.Scope scope, EpochCircuitBreaker circuit, CallPermits calls) {

        /** Returns a permit for a call of the given caller, or null when the circuit does not let it pass. */
        EpochCircuitBreaker.@Nullable CircuitPermit tryAdmit(@Nullable String caller) {
            EpochCircuitBreaker.CircuitPermit permit = circuit.tryAcquire(caller);
            if (permit != null) {
                calls.tryAcquire();
            }
            return permit;
        }

        Circuit observe() {
            return new Circuit(scope, circuit.state(), circuit.remainingOpenTime(), calls.inUse());
        }
    }
}
