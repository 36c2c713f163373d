package dev.paddock.bootstrap.config;

import static java.util.Objects.requireNonNull;

import dev.paddock.domain.error.ErrorFacts;
import dev.paddock.domain.error.InvalidRequestException;

/**
 * The API key of a server, sent as a bearer token. Its text form is masked, so that no log shows it. Immutable.
 *
 * @param value the key itself: visible ASCII characters, at least one
 */
public record ApiKey(String value) {

    public ApiKey {
        requireNonNull(value, "value");
        // Other characters could add a second header to the request.
        if (value.isEmpty() || value.chars().anyMatch(character -> character <= ' ' || character > '~')) {
            throw new InvalidRequestException(
                    "an API key consists of visible ASCII characters, at least one", ErrorFacts.NONE);
        }
    }

    @Override
    public String toString() {
        return "ApiKey[****]";
    }
}
