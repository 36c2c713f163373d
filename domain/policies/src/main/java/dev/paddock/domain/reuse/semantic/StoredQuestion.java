package dev.paddock.domain.reuse.semantic;

import static java.util.Objects.requireNonNull;

import dev.paddock.domain.reuse.AnswerKey;
import dev.paddock.domain.reuse.RequestFingerprint;

/**
 * A question whose answer is stored, as processes tell each other of it. Immutable.
 *
 * @param answer the key of the answer
 * @param rest the hash of the request without the question
 * @param space the embedding model with its digest
 * @param vector the vector of the question
 * @param text the question
 */
public record StoredQuestion(AnswerKey answer, RequestFingerprint rest, String space, UnitVector vector, String text) {

    public StoredQuestion {
        requireNonNull(answer, "answer");
        requireNonNull(rest, "rest");
        requireNonNull(space, "space");
        requireNonNull(vector, "vector");
        requireNonNull(text, "text");
    }

    /** Returns the question without its text, which may be private. */
    @Override
    public String toString() {
        return "question with the answer " + answer;
    }
}
