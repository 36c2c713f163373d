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
 * @param restLength how many bytes these fields have as JSON
 * @param backend the server
 */
record StoredVector(
        EmbeddingVector vector,
        @Nullable Long tokens,
        boolean isEstimated,
        Map<String, @Nullable Object> rest,
        int restLength,
        BackendId backend) {

    /** Memory besides the bytes of the vector and the other fields of its answer: its key, and the objects. */
    private static final int OVERHEAD = 512;

    /** How much more memory fields need than their JSON. They count for each vector, because any of them may be the last that has them. */
    private static final int MEMORY_OF_JSON = 4;

    StoredVector {
        requireNonNull(vector, "vector");
        requireNonNull(rest, "rest");
        requireNonNull(backend, "backend");
    }

    int weight() {
        return (int) Math.min(Integer.MAX_VALUE / 2, (long) vector.json().length + OVERHEAD + (long) MEMORY_OF_JSON * restLength);
    }
}
