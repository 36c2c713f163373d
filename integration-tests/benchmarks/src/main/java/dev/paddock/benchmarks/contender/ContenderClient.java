package dev.paddock.benchmarks.contender;

import java.io.IOException;

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
}
