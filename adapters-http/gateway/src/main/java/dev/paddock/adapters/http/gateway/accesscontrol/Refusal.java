package dev.paddock.adapters.http.gateway.accesscontrol;

import dev.paddock.domain.exchange.Headers;

/**
 * The refusal of a request.
 *
 * @param reason why
 * @param message one sentence for the client that repeats nothing of what it sent
 * @param headers further header fields of the response
 */
public record Refusal(RefusalReason reason, String message, Headers headers) {

    /** Creates a refusal without further header fields. */
    public Refusal(RefusalReason reason, String message) {
        this(reason, message, Headers.EMPTY);
    }
}
