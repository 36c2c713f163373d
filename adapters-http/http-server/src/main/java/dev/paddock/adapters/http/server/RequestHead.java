package dev.paddock.adapters.http.server;

import static java.util.Objects.requireNonNull;

import dev.paddock.domain.exchange.Headers;

/**
 * The head of a received request with correct framing.
 *
 * @param method the method as received
 * @param target path and query as received, beginning with a slash; never decoded
 * @param headers the header fields as received, in order; exactly one of them is Host, or none or an empty one if {@link RequestHandler#allowsMissingHost} allows it
 * @param client the remote address of the connection, without the port
 */
public record RequestHead(String method, String target, Headers headers, String client) {

    public RequestHead {
        requireNonNull(method, "method");
        requireNonNull(target, "target");
        requireNonNull(headers, "headers");
        requireNonNull(client, "client");
    }

    /** Returns the target without its query. */
    public String path() {
        return pathOf(target);
    }

    /** Returns a request target without its query. */
    public static String pathOf(String target) {
        int query = target.indexOf('?');
        return query < 0 ? target : target.substring(0, query);
    }
}
