package dev.paddock.domain.exchange;

import dev.paddock.domain.error.LlmException;

/**
 * Learns what becomes of one call, for measurements and traces. Of several reports of an end only the first counts. Implementations are
 * thread-safe; they must not block and must not throw.
 */
public interface ExchangeObserver {

    /** The head of the answer has arrived. */
    default void opened(ExchangeHead head) {}

    /** A frame has arrived, and its reader gets it next; in the thread that delivers it, which may be an event loop. */
    void arrived(Frame frame, ExchangeHead head);

    /** The answer has been read, but its outcome is known only when its reader closes or rejects it. */
    default void read() {}

    /** The answer is complete. An answer with an error status is complete as an exchange; its verdict is what counts. */
    void completed(AnswerVerdict verdict);

    /** The answer was closed before its end; an error need not be read to its end. */
    void cancelled(AnswerVerdict verdict);

    /** The call failed. */
    void failed(LlmException failure);

    /** A defect ended the call, which is no outcome of the server. */
    void abandoned(Throwable defect);
}
