package dev.paddock.domain.error;

import org.jspecify.annotations.Nullable;

/** The caller has used up its allowance (429). */
public final class RateLimitedException extends LlmException {

    private static final long serialVersionUID = 1L;

    /** Creates the failure with what happened, what is known and what caused it (null when nothing did). */
    public RateLimitedException(String message, ErrorFacts facts, @Nullable Throwable cause) {
        super(ErrorKind.RATE_LIMITED, message, facts, cause);
    }

    /** Creates the failure with what happened and what is known. */
    public RateLimitedException(String message, ErrorFacts facts) {
        this(message, facts, null);
    }
}
