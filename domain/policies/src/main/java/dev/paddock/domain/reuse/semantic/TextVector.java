package dev.paddock.domain.reuse.semantic;

import static java.util.Objects.requireNonNull;

import dev.paddock.domain.model.embedding.Embedding;

/**
 * The vector of a text and where it comes from.
 *
 * @param space the model that made it, with its version; vectors of different spaces are never compared
 * @param embedding the vector, of any length and as the model made it
 */
public record TextVector(String space, Embedding embedding) {

    public TextVector {
        requireNonNull(space, "space");
        requireNonNull(embedding, "embedding");
    }
}
