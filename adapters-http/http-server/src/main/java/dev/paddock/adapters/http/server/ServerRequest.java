package dev.paddock.adapters.http.server;

import static java.util.Objects.requireNonNull;

import dev.paddock.domain.exchange.Cancellation;
import dev.paddock.domain.exchange.RequestBody;

/** A request that came in whole. Immutable; its body can be read until it is answered. */
public final class ServerRequest {

    private final RequestHead head;
    private final RequestBody body;
    private final Cancellation cancellation;

    /**
     * Creates a request.
     *
     * @param head its head
     * @param body its body without the chunking; without bytes when there is none
     * @param cancellation what the server cancels when nobody waits for the answer any more
     */
    public ServerRequest(RequestHead head, RequestBody body, Cancellation cancellation) {
        this.head = requireNonNull(head, "head");
        this.body = requireNonNull(body, "body");
        this.cancellation = requireNonNull(cancellation, "cancellation");
    }

    /** Returns the head. */
    public RequestHead head() {
        return head;
    }

    /** Returns the body, without bytes when there is none. */
    public RequestBody body() {
        return body;
    }

    /**
     * Returns what the server cancels when the client leaves (an end or a reset of the connection, a half close
     * included), or when the server stops and its patience is over; {@link Responder#isClientGone()} tells which.
     */
    public Cancellation cancellation() {
        return cancellation;
    }

    /** Returns method and path; nothing else is ever shown. */
    @Override
    public String toString() {
        return head.method() + " " + head.path();
    }
}
