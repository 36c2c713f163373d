package dev.paddock.adapters.http.documentsearch;

import static java.util.Objects.requireNonNull;

/**
 * What vectors must have in common to be compared. Each space has a field of its own in the index, so that vectors of different spaces never
 * meet.
 *
 * @param model the model with its version
 * @param dimensions the length of the vectors
 */
record VectorSpace(String model, int dimensions) {

    private static final String FIELD_PREFIX = "vector-";
    private static final int DIGITS = 16;

    VectorSpace {
        requireNonNull(model, "model");
    }

    /** Returns the name of the field in the index. */
    String field() {
        return FIELD_PREFIX + dimensions + "-" + ContentHash.of(model).substring(0, DIGITS);
    }
}
