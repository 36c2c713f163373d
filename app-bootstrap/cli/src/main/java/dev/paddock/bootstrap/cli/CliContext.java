package dev.paddock.bootstrap.cli;

import static java.util.Objects.requireNonNull;

import java.util.Map;

/**
 * What surrounds a command.
 *
 * @param terminal where it reads and writes
 * @param environment the environment variables
 * @param sessions how it reaches a server
 */
record CliContext(Terminal terminal, Map<String, String> environment, Sessions sessions) {

    CliContext {
        requireNonNull(terminal, "terminal");
        requireNonNull(sessions, "sessions");
        environment = Map.copyOf(environment);
    }
}
