package dev.paddock.adapters.http.sim;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** How one chunk of a native answer looks. */
interface ChunkShape {
    /** A chunk in the middle of an answer. */
    ObjectNode chunk(Piece piece);

    /** The last chunk, without its metrics. */
    ObjectNode last(String doneReason);
}
