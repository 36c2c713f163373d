package dev.paddock.adapters.http.server;

import static java.util.Objects.requireNonNull;

import dev.paddock.domain.exchange.Headers;

/** A complete response. Immutable, provided that the array of its body does not change. */
public final class ServerResponse implements RequestDecision {

    private final ServerResponseHead head;
    private final byte[] body;

    /**
     * Creates a response.
     *
     * @param status the status, 200 to 599
     * @param headers the header fields, without those for framing and the connection
     * @param body the body, not copied; empty for none
     */
    public ServerResponse(int status, Headers headers, byte[] body) {
        this.head = new ServerResponseHead(status, headers, body.length);
        this.body = requireNonNull(body, "body");
    }

    /** Returns the head. */
    public ServerResponseHead head() {
        return head;
    }

    /** Returns the body itself, not a copy; empty for none. */
    public byte[] body() {
        return body;
    }
}
