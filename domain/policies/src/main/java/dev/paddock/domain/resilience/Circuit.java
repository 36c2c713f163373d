package dev.paddock.domain.resilience;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The circuit to one server, or to one model on it, as observed at one instant.
 *
 * @param scope what it leads to
 * @param state whether calls pass
 * @param remainingOpenTime how long it still refuses calls; zero unless it is open
 * @param callsAtOnce how many calls are in progress
 */
public record Circuit(Scope scope, CircuitState state, Duration remainingOpenTime, int callsAtOnce) {

    public Circuit {
        requireNonNull(scope, "scope");
        requireNonNull(state, "state");
        requireNonNull(remainingOpenTime, "remainingOpenTime");
    }

    /** Returns the base URL of the server. */
    public String backend() {
        return scope.backend();
    }

    /** Returns the name of the model as calls give it, or null when this is the circuit of the whole server. */
    public @Nullable String model() {
        return scope.model();
    }

    /**
     * Returns whether calls are refused now. After its open time a circuit stays open until the next call, which it admits: from then on
     * it refuses none.
     */
    public boolean refusesCalls() {
        return state == CircuitState.OPEN && remainingOpenTime.isPositive();
    }

    /**
     * What a circuit leads to.
     *
     * @param backend the base URL of the server
     * @param model the name of the model as calls give it, or null for the whole server
     */
    public record Scope(String backend, @Nullable String model) {

        public Scope {
            requireNonNull(backend, "backend");
        }

        /** Returns the scope of a whole server. */
        public static Scope server(String backend) {
            return new Scope(backend, null);
        }
    }
}
