package dev.paddock.adapters.http.bridge;

import static java.util.Objects.requireNonNull;

import dev.paddock.domain.exchange.Headers;
import dev.paddock.domain.exchange.RequestBody;
import java.net.URI;

/**
 * A request as another library has made it. Immutable.
 *
 * @param method the HTTP method
 * @param url the absolute URL
 * @param headers the fields of the head; those that belong to the connection are not used
 * @param body the body; one without bytes means none
 */
public record ForeignRequest(String method, URI url, Headers headers, RequestBody body) {

    public ForeignRequest {
        requireNonNull(method, "method");
        requireNonNull(url, "url");
        requireNonNull(headers, "headers");
        requireNonNull(body, "body");
    }

    /** Returns method and URL; a body is never shown. */
    @Override
    public String toString() {
        return method + " " + url;
    }
}
