package dev.paddock.adapters.http.sim.script;

import static java.util.Objects.requireNonNull;

/**
 * One message of a call. Immutable.
 *
 * @param role {@code system}, {@code user}, {@code assistant}, {@code tool} for the result of a tool, or {@code input} for a text to
 *     embed
 * @param text its text; the parts of a text that was sent in parts are joined. May be empty
 * @param tool the name of the tool whose result it is, or its identifier when the call does not name the tool; empty for no result
 */
public record ReceivedMessage(String role, String text, String tool) {
    public ReceivedMessage {
        requireNonNull(role, "role");
        requireNonNull(text, "text");
        requireNonNull(tool, "tool");
    }

    /** Makes a message that is no result of a tool. */
    public ReceivedMessage(String role, String text) {
        this(role, text, "");
    }

    /** Whether it is the result of a tool. */
    public boolean isToolResult() {
        return "tool".equals(role);
    }
}
