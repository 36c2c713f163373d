package dev.paddock.bootstrap.cli.command;

import static java.util.Objects.requireNonNull;

import dev.paddock.bootstrap.cli.terminal.Terminal;
import java.util.Map;

/**
 * The environment of a command.
 *
 * @param terminal the standard streams
 * @param environment the environment variables
 * @param sessions opens clients of a server
 */
public record CliContext(Terminal terminal, Map<String, String> environment, SessionFactory sessions) {

    public CliContext {
        requireNonNull(terminal, "terminal");
        requireNonNull(sessions, "sessions");
        environment = Map.copyOf(environment);
    }
}
