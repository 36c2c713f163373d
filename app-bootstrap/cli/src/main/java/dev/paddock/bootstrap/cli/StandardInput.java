package dev.paddock.bootstrap.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;

/** Reads what is piped into a command. */
final class StandardInput {

    private StandardInput() {}

    /** Returns all of it, without white space at the end. */
    static String text(Terminal terminal) {
        try {
            return new String(terminal.in().readAllBytes(), UTF_8).stripTrailing();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
