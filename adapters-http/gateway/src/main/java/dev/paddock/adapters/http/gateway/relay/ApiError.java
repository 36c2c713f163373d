package dev.paddock.adapters.http.gateway.relay;

import static java.util.Objects.requireNonNull;

/**
 * What a client is told of an error.
 *
 * @param status the HTTP status that fits, also where the head has long been sent
 * @param message one sentence, which holds nothing of prompts, keys or the address of the server
 * @param requestId the id of the request
 */
record ApiError(int status, String message, String requestId) {

    ApiError {
        requireNonNull(message, "message");
        requireNonNull(requestId, "requestId");
    }
}
