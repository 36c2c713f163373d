package dev.paddock.bootstrap.bench;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * The connections of a mode.
 *
 * @param transport the name of what made them
 * @param opened how many the pools opened, or null when the transport does not tell
 * @param reused how many requests got one that had served before, or null when the transport does not tell
 * @param accepted how many the server counted, or null when it does not tell
 */
public record Connections(String transport, @Nullable Long opened, @Nullable Long reused, @Nullable Long accepted) {

    public Connections {
        requireNonNull(transport, "transport");
    }
}
