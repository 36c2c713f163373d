package dev.paddock.adapters.http.server;

/**
 * The way back to the client of one request. Used by one thread at a time; {@link #isClientGone()} may be asked by any.
 *
 * <p>Every method that sends throws {@link ClientGoneException} when the client has left.
 */
public interface Responder {

    /** Sends a whole answer. */
    void send(ServerResponse reply);

    /**
     * Begins an answer. The head is sent together with the first piece of the body, or with the end if there is none.
     *
     * @throws IllegalStateException if the answer has begun
     */
    void begin(ServerResponseHead head);

    /**
     * Sends a piece of the body at once, and waits while the client reads more slowly than this side writes, so that
     * no more than a bounded amount is ever held. The array must not change afterwards.
     *
     * @throws IllegalStateException if the answer has not begun, or the piece exceeds the length that was announced
     */
    void write(byte[] piece);

    /** Completes the answer. The connection is used again if the protocol allows it. */
    void end();

    /**
     * Ends the connection after what was written has been sent, without completing the answer: the client sees that
     * it is not whole, because its last chunk or a part of its length is missing. Does nothing when the answer is
     * complete.
     */
    void abort();

    /** Tells whether the answer has begun. */
    boolean hasBegun();

    /** Tells whether the client has left. */
    boolean isClientGone();
}
