package dev.paddock.adapters.http.server;

import static java.util.Objects.requireNonNull;

import dev.paddock.domain.exchange.Headers;

/** A complete response. Immutable, provided that the array of its body does not change. */
public final class ServerResponse implements RequestDecision {

    private final ServerResponseHead head;
    private final byte[] body;
    private final boolean last;

    /**
     * Creates a response.
     *
     * @param status the status, 200 to 599
     * @param headers the header fields, without those for framing and the connection
     * @param body the body, not copied; empty for none
     */
    public ServerResponse(int status, Headers headers, byte[] body) {
        this(new ServerResponseHead(status, headers, body.length), requireNonNull(body, "body"), false);
    }

    private ServerResponse(ServerResponseHead head, byte[] body, boolean last) {
        this.head = head;
        this.body = body;
        this.last = last;
    }

    /** Returns this response as the last one of its connection, for a refused request whose end is doubtful. */
    public ServerResponse asLast() {
        return new ServerResponse(head, body, true);
    }

    /** Returns whether the connection is closed after this response to a refused request, even if the request has no body. */
    public boolean isLast() {
        return last;
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
