package dev.paddock.benchmarks.contender;

import dev.paddock.benchmarks.contender.ContenderClient.CallResult.ChatResult;
import dev.paddock.benchmarks.contender.ContenderClient.CallResult.EmbedResult;
import dev.paddock.benchmarks.contender.ContenderClient.CallResult.StreamResult;
import java.io.IOException;
import java.util.List;

/**
 * One way of making calls. Every call does the whole work: it writes the request from {@link BenchmarkRequests}, and makes values
 * of the answer. Thread-safe.
 */
public interface ContenderClient extends AutoCloseable {

    /** Asks for a small answer as a whole. */
    ChatResult chat() throws IOException;

    /** Asks the given model for an answer in pieces, and takes each piece by itself. */
    StreamResult stream(String model) throws IOException;

    /** Asks for vectors. */
    EmbedResult embed() throws IOException;

    @Override
    default void close() throws IOException {}

    /** The answer to a call, as far as it can be verified. */
    sealed interface CallResult {

        /**
         * A complete answer.
         *
         * @param text the text of the model
         * @param promptTokens the count of the server
         * @param answerTokens the count of the server
         */
        record ChatResult(String text, int promptTokens, int answerTokens) implements CallResult {}

        /**
         * A streamed answer.
         *
         * @param text the text of all chunks
         * @param chunks the number of chunks with text
         * @param answerTokens the count of the server in the last chunk
         */
        record StreamResult(String text, int chunks, int answerTokens) implements CallResult {}

        /**
         * Embeddings in the form of the contender.
         *
         * @param value the form of the contender, kept so that it is really created
         * @param vectors the number of vectors
         * @param dimensions the number of dimensions of the last vector
         * @param last the last number of the last vector
         */
        record EmbedResult(Object value, int vectors, int dimensions, float last) implements CallResult {

            static EmbedResult of(List<float[]> vectors) {
                return of(vectors, vectors.size(), vectors.getLast());
            }

            static EmbedResult of(Object value, int vectors, float[] last) {
                return new EmbedResult(value, vectors, last.length, last[last.length - 1]);
            }
        }
    }
}
