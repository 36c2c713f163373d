package dev.paddock.adapters.http.server;

import dev.paddock.domain.exchange.Headers;

/**
 * A request that a {@link RequestHandler} has accepted, with everything that the handler found out from its head. The server keeps it
 * until the request is answered.
 */
public non-sealed interface AcceptedRequest extends RequestDecision {

    /**
     * Answers the request by means of the responder, exactly once. Runs on a virtual thread of its own and may block, unless it
     * {@linkplain #isBegunAtOnce says otherwise}. If it returns without having completed or
     * {@linkplain Responder#detach() detached} the response, or throws, the server closes the connection so that the client sees that the
     * response is incomplete.
     */
    void answer(ServerRequest request, Responder responder);

    /**
     * Returns this request with what its body says, once that is complete. Runs on the thread of the connection, so it must not block, and
     * what it computes delays the other connections of that thread. Returns the same request by default.
     */
    default AcceptedRequest prepared(ServerRequest request) {
        return this;
    }

    /**
     * Returns whether {@link #answer} never blocks and needs at most {@link Responder#ROOM} bytes for the body of the response. Then it runs
     * on the thread of the connection, and the response is sent as one. False by default.
     */
    default boolean isAnsweredAtOnce() {
        return false;
    }

    /**
     * Returns whether {@link #answer} never blocks. Then it runs on the thread of the connection, and the response goes on as it
     * {@linkplain Responder#detach() likes}. False by default.
     */
    default boolean isBegunAtOnce(ServerRequest request) {
        return false;
    }

    /**
     * Renders the refusal of this request while its body arrives: the body is too large, too slow, or cannot be stored. Runs on the
     * thread of the connection and must not block.
     *
     * @param status the status, for example 408, 413, 503 or 507
     * @param reason one sentence that contains nothing that the client sent
     */
    ServerResponse renderRefusal(int status, String reason);

    /** Returns headers that the server adds to every response to this request; none by default. */
    default Headers responseHeaders() {
        return Headers.EMPTY;
    }

    /** Returns where the server keeps the body until it is complete; in memory by default. */
    default BodyStorage bodyStorage() {
        return BodyStorage.MEMORY;
    }

    /**
     * Returns whether a graceful shutdown waits until the client has read the response; it does by default. Else it closes the connection of
     * a client that does not read.
     */
    default boolean delaysDrain() {
        return true;
    }

    /** Returns the caller, whose share of the memory for bodies the request uses: a text that is the same for all its requests. */
    String caller();
}
