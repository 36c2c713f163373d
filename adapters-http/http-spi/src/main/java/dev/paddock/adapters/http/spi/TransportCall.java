package dev.paddock.adapters.http.spi;

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
     * Stops the call and closes its connection, from any thread and in every phase: waiting for a connection, connecting,
     * sending, waiting for the head, reading. A waiting thread gets a {@link TransportException} with
     * {@link TransportFailure#CANCELLED}. Returns without waiting; does nothing when the call has ended.
     */
    void cancel();
}
