package dev.paddock.domain.error;

import org.jspecify.annotations.Nullable;

/** The answer ended before it was finished: without its terminal frame, or short of its announced length. */
public final class TruncatedResponseException extends LlmException {

    private static final long serialVersionUID = 1L;

    /** Creates the failure with what happened, what is known and what caused it (null when nothing did). */
    public TruncatedResponseException(String message, ErrorFacts facts, @Nullable Throwable cause) {
        super(ErrorKind.TRUNCATED_RESPONSE, message, facts, cause);
    }

    /** Creates the failure with what happened and what is known. */
    public TruncatedResponseException(String message, ErrorFacts facts) {
        this(message, facts, null);
    }
}
