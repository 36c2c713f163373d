package dev.paddock.adapters.http.sim;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** One step of an answer: what arrives in one chunk. */
sealed interface Piece {
    /** A token of the answer itself. */
    record Word(String text) implements Piece { }

    /** A token of the thoughts before the answer. */
    record Thought(String text) implements Piece { }

    /** A whole tool call, in the native form. */
    record ToolCall(ObjectNode call) implements Piece { }
}
