package dev.paddock.adapters.http.server;

import static java.util.Objects.requireNonNull;

import dev.paddock.domain.exchange.Cancellation;
import dev.paddock.domain.exchange.RequestBody;

/**
 * A completely received request. Immutable; its body can be read until the request is answered.
 *
 * @param head its head
 * @param body its body without chunked coding; empty when there is none
 * @param cancellation cancelled by the server when the client disconnects (an end or a reset of the connection, including a half
 *     close), or when the server stops and the drain time is over; {@link Responder#isClientGone()} distinguishes the two
 */
public record ServerRequest(RequestHead head, RequestBody body, Cancellation cancellation) {

    public ServerRequest {
        requireNonNull(head, "head");
        requireNonNull(body, "body");
        requireNonNull(cancellation, "cancellation");
    }

    /** Returns only the method and the path, because headers, query and body are confidential. */
    @Override
    public String toString() {
        return head.method() + " " + head.path();
    }
}
