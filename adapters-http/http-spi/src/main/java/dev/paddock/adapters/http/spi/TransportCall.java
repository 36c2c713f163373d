package dev.paddock.adapters.http.spi;

import dev.paddock.domain.exchange.Settled;
import dev.paddock.domain.exchange.WaitingThread;
import java.util.function.Consumer;

/** One request. It is executed once, and can be cancelled at any time, even before its execution. */
public interface TransportCall {

    /**
     * Sends the request and waits for the head of the response, in the calling thread.
     *
     * @throws TransportException if no head arrives; no connection is held then
     * @throws IllegalStateException if the call was executed before
     */
    TransportResponse execute();

    /**
     * Does the same without letting the calling thread wait, unless that is {@linkplain WaitingThread one that may}. By default the call is
     * executed by a thread that may wait.
     *
     * @param end is called once with what the other method would return or throw: in the calling thread, on an event loop, or in a thread that
     *     may wait. It must not wait except in the latter, and must not throw
     */
    default void begin(Consumer<Settled<TransportResponse>> end) {
        WaitingThread.run(() -> end.accept(Settled.by(this::execute)));
    }

    /**
     * Stops the call and closes its connection, from any thread and in every phase: waiting for a connection, connecting,
     * sending, waiting for the head, reading. A waiting thread gets a {@link TransportException} with
     * {@link TransportFailure#CANCELLED}. Returns without waiting; does nothing when the call has ended.
     */
    void cancel();
}
