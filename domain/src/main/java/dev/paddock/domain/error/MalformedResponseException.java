package dev.paddock.domain.error;

import org.jspecify.annotations.Nullable;

/** The server sent something that is not a valid answer: broken JSON, a broken head, or values of the wrong type. */
public final class MalformedResponseException extends LlmException {

    private static final long serialVersionUID = 1L;

    /** Creates the failure with what happened, what is known and what caused it (null when nothing did). */
    public MalformedResponseException(String message, ErrorFacts facts, @Nullable Throwable cause) {
        super(ErrorKind.MALFORMED_RESPONSE, message, facts, cause);
    }

    /** Creates the failure with what happened and what is known. */
    public MalformedResponseException(String message, ErrorFacts facts) {
        this(message, facts, null);
    }
}
