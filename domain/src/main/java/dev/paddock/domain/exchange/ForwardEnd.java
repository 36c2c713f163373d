package dev.paddock.domain.exchange;

import org.jspecify.annotations.Nullable;

/** Learns how a {@linkplain Exchange#forward(FrameSink, ForwardEnd) forwarded} answer has ended. */
@FunctionalInterface
public interface ForwardEnd {

    /**
     * Called exactly once, after the last call of the sink, by the thread that began to forward, or by one that may wait. Must not throw, and
     * must not wait if the forwarding was begun by an event loop.
     *
     * @param failure what a method that waits would throw, a runtime exception or an error; null when the answer is complete
     */
    void ended(@Nullable Throwable failure);

    /** Runs in the calling thread what forwards, and reports how it has ended. */
    default void after(Runnable forwarding) {
        Throwable failure = null;
        try {
            forwarding.run();
        } catch (RuntimeException | Error thrown) {
            failure = thrown;
        }
        ended(failure);
    }

    /** Throws a failure that was reported; does nothing without one. */
    static void rethrow(@Nullable Throwable failure) {
        switch (failure) {
            case null -> { }
            case Error error -> throw error;
            case RuntimeException exception -> throw exception;
            default -> throw new IllegalStateException(failure);
        }
    }
}
