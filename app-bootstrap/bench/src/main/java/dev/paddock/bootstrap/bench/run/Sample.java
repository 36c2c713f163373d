package dev.paddock.bootstrap.bench.run;

import static java.util.Objects.requireNonNull;

import dev.paddock.domain.error.ErrorKind;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One measured request. Times are those of the {@link LoadClock}.
 *
 * @param model the model that was asked
 * @param due the time at which the request was due; a late start counts as latency
 * @param ended the time at which its outcome was known
 * @param outcome how it ended
 */
record Sample(String model, long due, long ended, RequestOutcome outcome) {

    Sample {
        requireNonNull(model, "model");
        requireNonNull(outcome, "outcome");
    }

    long latency() {
        return Math.max(0, ended - due);
    }

    /** How a request ended. */
    sealed interface RequestOutcome {}

    /** A complete answer. A class and no record, because arrays have no equality of their content. */
    static final class AnsweredRequest implements RequestOutcome {

        private final String text;
        private final int inputTokens;
        private final int outputTokens;
        private final long[] chunks;

        /**
         * Creates an answer.
         *
         * @param text the text, which continues the conversation
         * @param inputTokens the number of tokens of the prompt that the server counted, 0 when it did not count them
         * @param outputTokens the number of tokens of the answer that the server counted, 0 when it did not count them
         * @param chunks the times of the chunks of a streamed answer
         */
        AnsweredRequest(String text, int inputTokens, int outputTokens, long... chunks) {
            this.text = requireNonNull(text, "text");
            this.inputTokens = inputTokens;
            this.outputTokens = outputTokens;
            this.chunks = chunks.clone();
        }

        /** Returns an answer that is the vectors of texts, whose tokens are those that count. */
        static AnsweredRequest ofTexts(int inputTokens) {
            return new AnsweredRequest("", inputTokens, inputTokens);
        }

        String text() {
            return text;
        }

        int inputTokens() {
            return inputTokens;
        }

        int outputTokens() {
            return outputTokens;
        }

        /** Returns the time of the first chunk, or null when the answer was not streamed. */
        @Nullable Long firstChunk() {
            return chunks.length == 0 ? null : Long.valueOf(chunks[0]);
        }

        /** Returns the times between the chunks. */
        long[] gaps() {
            long[] gaps = new long[Math.max(0, chunks.length - 1)];
            Arrays.setAll(gaps, index -> Math.max(0, chunks[index + 1] - chunks[index]));
            return gaps;
        }
    }

    /**
     * A failure.
     *
     * @param kind the kind of the failure
     * @param message what happened
     * @param address the server, or null when none was asked
     */
    record FailedRequest(ErrorKind kind, String message, @Nullable String address) implements RequestOutcome {

        FailedRequest {
            requireNonNull(kind, "kind");
            requireNonNull(message, "message");
        }
    }
}
