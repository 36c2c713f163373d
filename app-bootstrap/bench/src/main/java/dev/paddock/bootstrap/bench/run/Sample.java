package dev.paddock.bootstrap.bench.run;

import static java.util.Objects.requireNonNull;

import dev.paddock.domain.error.ErrorKind;
import org.jspecify.annotations.Nullable;

/**
 * One measured request. Times are those of {@link System#nanoTime}.
 *
 * @param due the time at which the request was due; a late start counts as latency
 * @param ended the time at which its outcome was known
 * @param outcome how it ended
 */
record Sample(long due, long ended, RequestOutcome outcome) {

    Sample {
        requireNonNull(outcome, "outcome");
    }

    long latency() {
        return Math.max(0, ended - due);
    }

    /** How a request ended. */
    sealed interface RequestOutcome {}

    /**
     * A complete answer.
     *
     * @param tokens the number of tokens that the server counted, or null when it did not count them
     * @param firstChunk the time of the first chunk of a streamed answer, or null
     */
    record AnsweredRequest(@Nullable Integer tokens, @Nullable Long firstChunk) implements RequestOutcome {}

    /**
     * A failure.
     *
     * @param kind the kind of the failure
     */
    record FailedRequest(ErrorKind kind) implements RequestOutcome {

        FailedRequest {
            requireNonNull(kind, "kind");
        }
    }
}
