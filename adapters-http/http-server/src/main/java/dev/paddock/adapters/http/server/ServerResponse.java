package dev.paddock.adapters.http.server;

import static java.util.Objects.requireNonNull;

import dev.paddock.domain.exchange.Headers;

/** An answer that is known whole. Immutable, provided that nobody changes the array handed in as the body. */
public final class ServerResponse {

    private final int status;
    private final Headers headers;
    private final byte[] body;

    /**
     * Creates an answer.
     *
     * @param status the status, 200 to 599
     * @param headers the fields, none of which is about framing or the connection
     * @param body the body, not copied; empty for none
     */
    public ServerResponse(int status, Headers headers, byte[] body) {
        this.status = status;
        this.headers = requireNonNull(headers, "headers");
        this.body = requireNonNull(body, "body");
    }

    /** Returns the head of this answer. */
    public ServerResponseHead head() {
        return new ServerResponseHead(status, headers, body.length);
    }

    /** Returns the body itself, not a copy; empty for none. */
    public byte[] body() {
        return body;
    }
}
