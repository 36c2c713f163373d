package dev.paddock.domain.resilience;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * The circuit to one server as observed at one instant.
 *
 * @param backend the base URL of the server
 * @param state what it does with calls
 * @param refusesFor how long it still refuses calls; zero unless it is open
 * @param callsAtOnce how many calls are under way
 */
public record Circuit(String backend, CircuitState state, Duration refusesFor, int callsAtOnce) {

    public Circuit {
        requireNonNull(backend, "backend");
        requireNonNull(state, "state");
        requireNonNull(refusesFor, "refusesFor");
    }
}
