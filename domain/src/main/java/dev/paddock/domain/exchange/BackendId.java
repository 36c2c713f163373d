package dev.paddock.domain.exchange;

import dev.paddock.domain.error.ErrorFacts;
import dev.paddock.domain.error.InvalidRequestException;

/**
 * The name of one model server: a label in metrics, logs and failures. Names come from configuration, so there are few.
 *
 * @param value the name, without blanks and control characters; for a server that was given no name the text of its base URL
 */
public record BackendId(String value) {

    public BackendId {
        if (value.isEmpty() || value.chars().anyMatch(character -> character <= ' ' || character == 0x7f)) {
            throw new InvalidRequestException("the name of a backend must have characters, and no blanks", ErrorFacts.NONE);
        }
    }

    /** Returns the name of a server that was given none. */
    public static BackendId of(BaseUrl baseUrl) {
        return new BackendId(baseUrl.toString());
    }

    /** Returns the name itself. */
    @Override
    public String toString() {
        return value;
    }
}
