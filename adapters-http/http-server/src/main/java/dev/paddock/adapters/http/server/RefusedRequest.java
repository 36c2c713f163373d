package dev.paddock.adapters.http.server;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * What the decoder passes on instead of a request, or of the rest of one, that is not accepted. Nothing follows it.
 *
 * @param status the status that says what is wrong
 * @param reason why, in a sentence that holds nothing the client sent
 * @param path the path of the request if that much was understood, or null
 */
record RefusedRequest(int status, String reason, @Nullable String path) {

    RefusedRequest {
        requireNonNull(reason, "reason");
    }

    static RefusedRequest of(RefusedRequestException refused, @Nullable String path) {
        return new RefusedRequest(refused.status(), refused.reason(), path);
    }
}
