package dev.paddock.adapters.http.gateway.accesscontrol;

import static java.util.Objects.requireNonNull;

import dev.paddock.domain.exchange.Headers;

/**
 * The decision not to let a request in.
 *
 * @param reason why
 * @param status the status that says so
 * @param message what to say to the client, in one sentence that repeats nothing of what it sent
 * @param headers fields for the head of the answer
 */
public record Refusal(RefusalReason reason, int status, String message, Headers headers) {

    public Refusal {
        requireNonNull(reason, "reason");
        requireNonNull(message, "message");
        requireNonNull(headers, "headers");
    }

    /** Returns a refusal without fields of its own. */
    public static Refusal of(RefusalReason reason, int status, String message) {
        return new Refusal(reason, status, message, Headers.EMPTY);
    }
}
