package dev.paddock.adapters.http.answercache.embedding;

import static java.util.Objects.requireNonNull;

import dev.paddock.adapters.http.wire.embedding.EmbeddingVector;
import dev.paddock.domain.exchange.BackendId;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The vector of one text, and what is known of the answer that it was taken from.
 *
 * @param vector the vector
 * @param tokens the share of the text in the tokens of the answer, null when the server does not count
 * @param isEstimated whether the answer counted other texts, too, so that the share is an estimate
 * @param rest the fields of the answer besides its vectors, which the vectors of one answer share
 * @param backend the server
 */
record StoredVector(
        EmbeddingVector vector,
        @Nullable Long tokens,
        boolean isEstimated,
        Map<String, @Nullable Object> rest,
        BackendId backend) {

    /** Memory besides the bytes of the vector: its key, the other fields of its answer, and the objects. */
    private static final int OVERHEAD = 768;

    StoredVector {
        requireNonNull(vector, "vector");
        requireNonNull(rest, "rest");
        requireNonNull(backend, "backend");
    }

    int weight() {
        return vector.json().length + OVERHEAD;
    }
}
