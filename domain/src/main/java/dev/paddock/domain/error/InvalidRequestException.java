package dev.paddock.domain.error;

import org.jspecify.annotations.Nullable;

/** The request is wrong and stays wrong: refused here before it was sent, or by the server with a 4xx status. */
public final class InvalidRequestException extends LlmException {

    private static final long serialVersionUID = 1L;

    /** Creates the failure with what happened, what is known and what caused it (null when nothing did). */
    public InvalidRequestException(String message, ErrorFacts facts, @Nullable Throwable cause) {
        super(ErrorKind.INVALID_REQUEST, message, facts, cause);
    }

    /** Creates the failure with what happened and what is known. */
    public InvalidRequestException(String message, ErrorFacts facts) {
        this(message, facts, null);
    }
}
