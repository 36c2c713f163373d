package dev.paddock.adapters.http.spi;

import dev.paddock.domain.exchange.Backpressure;

/**
 * Receives the body of a response from a transport that forwards it: see {@link TransportResponse#forward}. Its methods are called by
 * one thread at a time, which may be an event loop; they never block. Running a {@link #whenReady} action is left to any thread.
 */
public interface BodyReceiver extends Backpressure {

    /**
     * Receives the next bytes of the body.
     *
     * @param buffer holds the bytes; the transport may use it again when this method has returned
     * @param offset the index of the first byte
     * @param length the number of bytes, positive
     * @return whether this receiver can take more. If not, the transport calls {@link #whenReady} and reads no more from the connection
     *     until the action runs; bytes that it has read before, at most 64 KiB, may still follow
     * @throws RuntimeException to end the call: the connection is closed, and {@link TransportResponse#forward} throws the same exception
     */
    boolean receive(byte[] buffer, int offset, int length);

    /**
     * Returns whether this receiver can take bytes, asked before the first ones and behind a pause: what was read before may have filled it.
     * True by default.
     */
    default boolean isReady() {
        return true;
    }

    /**
     * Called when everything that has arrived was received: what follows from it is sent now, together. Need not be called at the end of
     * the body. Does nothing by default.
     */
    default void flush() {}
}
