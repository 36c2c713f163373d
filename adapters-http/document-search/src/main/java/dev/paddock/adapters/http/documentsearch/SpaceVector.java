package dev.paddock.adapters.http.documentsearch;

import static java.util.Objects.requireNonNull;

import dev.paddock.domain.model.embedding.Embedding;

/**
 * A vector of length 1.
 *
 * @param space the vectors that it may be compared with
 * @param values its values
 */
record SpaceVector(VectorSpace space, Embedding values) {

    SpaceVector {
        requireNonNull(space, "space");
        requireNonNull(values, "values");
    }
}
