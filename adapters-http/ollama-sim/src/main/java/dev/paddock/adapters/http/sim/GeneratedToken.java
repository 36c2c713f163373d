package dev.paddock.adapters.http.sim;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** One step of an answer: what arrives in one chunk. */
sealed interface GeneratedToken {
    /** A token of the answer itself. */
    record TextToken(String text) implements GeneratedToken { }

    /** A token of the thoughts before the answer. */
    record ThinkingToken(String text) implements GeneratedToken { }

    /** A whole tool call, in the native form. */
    record ToolCallToken(ObjectNode call) implements GeneratedToken { }
}
