package dev.paddock.domain.exchange;

import dev.paddock.domain.error.LlmException;
import org.jspecify.annotations.Nullable;

/**
 * One answer under way: its head is there, its frames are pulled one by one.
 *
 * <p>An exchange has exactly one outcome: <em>complete</em> ({@link #next()} returns null), <em>failed</em> ({@link #next()}
 * throws) or <em>cancelled</em> (it was closed, or its call was cancelled, before either). An answer that ends without its
 * terminal frame is a failure, never complete; frames may follow the terminal one only in a verbatim answer. After the outcome the connection has already been given back.
 *
 * <p>One thread at a time may pull; {@link #close()} may be called from any thread.
 */
public interface Exchange extends AutoCloseable {

    /** Returns the head. */
    ExchangeHead head();

    /**
     * Returns the next frame, waiting for it if need be, or null when the answer is complete.
     *
     * @throws dev.paddock.domain.error.LlmException if the answer fails or its call is cancelled; a further call throws the
     *     same failure again
     */
    @Nullable Frame next();

    /**
     * Ends the exchange. When the answer is not complete this cancels it: the connection is closed, not drained, because that
     * is the only sign by which a model server stops generating. Does nothing when the exchange has ended.
     */
    @Override
    void close();

    /**
     * Ends the exchange as {@link #close()} does, and tells whoever watches it why: its reader can make no sense of it. A whole
     * document is understood only after its end, so a complete one may be rejected, too, before it is closed.
     *
     * @param reason what the reader fails with
     */
    default void reject(LlmException reason) {
        close();
    }
}
