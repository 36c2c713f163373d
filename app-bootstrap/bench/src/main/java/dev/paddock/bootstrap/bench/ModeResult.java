package dev.paddock.bootstrap.bench;

import static java.util.Objects.requireNonNull;

/**
 * The result of a mode.
 *
 * @param mode how requests came by their connections
 * @param measured what was measured
 * @param connections the connections of the measured requests
 */
public record ModeResult(Mode mode, ModeMeasurements measured, Connections connections) {

    public ModeResult {
        requireNonNull(mode, "mode");
        requireNonNull(measured, "measured");
        requireNonNull(connections, "connections");
    }
}
