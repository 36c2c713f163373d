package dev.paddock.domain.model;

import java.util.Iterator;

/**
 * The pieces of a streamed answer, pulled one by one.
 *
 * <p>{@link #hasNext()} waits for the next piece. A stream has exactly one outcome: it ends after a piece that carries the
 * completion, or {@code hasNext}/{@code next} throw an {@link dev.paddock.domain.error.LlmException} which keeps the text
 * received so far in its facts, or it was closed. After the outcome, and after {@link #close()}, no connection is held.
 *
 * <p>Always use it in a try-with-resources statement: leaving the loop early, by {@code break} or by an exception, then
 * cancels the generation on the server. One thread at a time may pull; {@code close} may be called from any thread.
 *
 * @param <T> the type of the pieces
 */
public interface ResponseStream<T> extends Iterator<T>, AutoCloseable {

    /** Ends the stream; when it is not complete, the generation on the server is cancelled. */
    @Override
    void close();
}
