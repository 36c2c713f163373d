package dev.paddock.domain.exchange;

/**
 * Receives the remaining frames of an exchange: see {@link Exchange#forward}. Its methods are called by one thread at a time, which may be
 * an event loop; they never block. Running a {@link #whenReady} action is left to any thread.
 */
public interface FrameSink extends Backpressure {

    /**
     * Receives the next frame.
     *
     * @return whether this sink can take more. If not, the exchange calls {@link #whenReady} and stops reading until the action runs;
     *     what has arrived by then, at most 64 KiB or one longer frame, may still follow
     * @throws RuntimeException to end the exchange, never an {@code LlmException}; {@link Exchange#forward} throws the same exception
     */
    boolean accept(Frame frame);

    /** Receives the next frame from a thread that may wait until this sink can take more. */
    default void acceptWaiting(Frame frame) {
        boolean isReady = accept(frame);
        flush();
        if (!isReady) {
            awaitReady();
        }
    }

    /**
     * Called when no further frame has arrived: a sink that collects frames sends them now. Need not be called at the end of the answer,
     * after which its owner sends what the sink still has. Does nothing by default.
     */
    default void flush() {}
}
