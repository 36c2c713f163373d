package dev.paddock.adapters.http.server;

import static java.util.Objects.requireNonNull;

import dev.paddock.domain.exchange.Headers;

/**
 * The head of a request that came in, whose framing was found to be correct.
 *
 * @param method the method as it was sent
 * @param target path and query as they were sent, beginning with a slash; never decoded
 * @param headers the fields as they were sent, in order; exactly one of them is Host
 * @param client the address the connection comes from, without the port
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
        int query = target.indexOf('?');
        return query < 0 ? target : target.substring(0, query);
    }
}
