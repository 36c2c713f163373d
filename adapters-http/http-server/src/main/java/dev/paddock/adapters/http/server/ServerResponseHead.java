package dev.paddock.adapters.http.server;

import static java.util.Objects.requireNonNull;

import dev.paddock.domain.exchange.Headers;

/**
 * The head of a response.
 *
 * @param status the status, 200 to 599
 * @param headers the header fields, without those for framing and the connection, which the server adds
 * @param length the length of the body in bytes, or {@link #UNKNOWN} to send it in chunks
 */
public record ServerResponseHead(int status, Headers headers, long length) {

    /** The length of a body whose end is not known in advance. */
    public static final long UNKNOWN = Headers.UNKNOWN_LENGTH;

    public ServerResponseHead {
        requireNonNull(headers, "headers");
    }
}
