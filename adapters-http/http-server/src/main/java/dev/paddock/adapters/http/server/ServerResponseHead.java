package dev.paddock.adapters.http.server;

import static java.util.Objects.requireNonNull;

import dev.paddock.domain.exchange.Headers;

/**
 * The head of an answer.
 *
 * @param status the status, 200 to 599
 * @param headers the fields, none of which is about framing or the connection: the server adds those itself
 * @param length how many bytes of body will follow; {@link #UNKNOWN} sends the body in chunks
 */
public record ServerResponseHead(int status, Headers headers, long length) {

    /** A length that only the end of the body will tell. */
    public static final long UNKNOWN = Headers.UNKNOWN_LENGTH;

    public ServerResponseHead {
        requireNonNull(headers, "headers");
    }
}
