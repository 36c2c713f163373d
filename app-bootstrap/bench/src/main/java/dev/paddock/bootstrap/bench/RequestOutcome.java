package dev.paddock.bootstrap.bench;

import static java.util.Objects.requireNonNull;

import dev.paddock.domain.error.ErrorKind;
import org.jspecify.annotations.Nullable;

/** What became of a request. */
sealed interface RequestOutcome {

    /**
     * The answer is complete.
     *
     * @param tokens how many tokens the server counted, or null when it did not say
     * @param firstPiece when the first piece of a streamed answer was there, by {@link System#nanoTime}, or null
     */
    record AnsweredRequest(@Nullable Integer tokens, @Nullable Long firstPiece) implements RequestOutcome {}

    /**
     * There is no complete answer.
     *
     * @param kind why not
     */
    record FailedRequest(ErrorKind kind) implements RequestOutcome {

        public FailedRequest {
            requireNonNull(kind, "kind");
        }
    }
}
