package dev.paddock.domain.exchange;

import dev.paddock.domain.error.LlmException;
import org.jspecify.annotations.Nullable;

/**
 * One answer in progress: the head has arrived, the frames are pulled one by one.
 *
 * <p>An exchange has exactly one outcome: <em>complete</em> ({@link #next()} returns null), <em>failed</em> ({@link #next()}
 * throws) or <em>cancelled</em> (the exchange was closed, or its call was cancelled, before either). An answer that ends
 * before it is complete has failed. Frames may follow the terminal one: a relay passes them on, a decoder ignores them. The connection is
 * back in the pool, or closed, before the outcome is reported.
 *
 * <p>One thread at a time may pull or forward; {@link #close()} may be called from any thread.
 */
public interface Exchange extends AutoCloseable {

    /** Returns the head. Its framing may change with the first frame, because the first bytes of a body show how it is divided. */
    ExchangeHead head();

    /**
     * Returns the next frame, waiting for it if necessary, or null when the answer is complete.
     *
     * @throws dev.paddock.domain.error.LlmException if the answer fails or its call is cancelled; a further call throws the
     *     same failure again
     */
    @Nullable Frame next();

    /**
     * Returns whether {@link #next()} would return or throw at once, and {@link #forward(FrameSink, ForwardEnd)} would not wait in the calling
     * thread either. False when that is unknown, as it is by default.
     */
    default boolean isReady() {
        return false;
    }

    /**
     * Hands over all frames that have not been pulled, and returns when the answer is complete: as the other method does, which exchanges
     * override, but the calling thread waits. An interrupt closes the exchange.
     *
     * @throws dev.paddock.domain.error.LlmException if the answer fails or its call is cancelled
     * @throws RuntimeException the exception of the sink; the exchange is then to be closed
     */
    default void forward(FrameSink sink) {
        AwaitedEnd end = new AwaitedEnd();
        forward(sink, end);
        end.await(this::close);
    }

    /**
     * Hands over all frames that have not been pulled. Flushes the sink before it waits for the first time. May return before the end, so
     * that no thread waits for it: the sink is then called on another one, such as an event loop. The outcome is that of {@link #next()},
     * and is reported instead of thrown: an {@code LlmException} if the answer fails or its call is cancelled, or the exception of the sink;
     * the exchange is then to be closed. Throws nothing.
     *
     * <p>By default the calling thread pulls, and waits for a sink that cannot take more.
     *
     * @param end learns the outcome, after the last call of the sink
     */
    default void forward(FrameSink sink, ForwardEnd end) {
        end.after(() -> {
            sink.flush();
            for (Frame frame = next(); frame != null; frame = next()) {
                sink.acceptWaiting(frame);
            }
        });
    }

    /**
     * Returns what the answer means as far as it has been read. For a status of success this is {@link AnswerVerdict#OK} until the server
     * reports a failure; for any other status the verdict is final when the body has been read, or 64 KiB of it.
     */
    AnswerVerdict verdict();

    /**
     * Ends the exchange. When the terminal frame has not been seen this cancels the answer: the connection is closed, not drained,
     * because a model server stops generating only when its connection closes. Does nothing when the exchange has ended.
     */
    @Override
    void close();

    /**
     * Ends the exchange as {@link #close()} does, and reports that the reader could not decode the answer. A document is decoded only
     * after its end, so a complete one may be rejected, too, before it is closed.
     *
     * @param reason the failure that the reader throws
     */
    default void reject(LlmException reason) {
        close();
    }
}
