package dev.paddock.adapters.http.sim;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** How one chunk of a native answer looks. */
interface ChunkBuilder {
    /** A chunk in the middle of an answer. */
    ObjectNode chunk(GeneratedToken piece);

    /** The last chunk, without its metrics. */
    ObjectNode last(String doneReason);
}
