package dev.paddock.domain.error;

import org.jspecify.annotations.Nullable;

/** The server answered that it failed (5xx other than 503) before it produced anything. */
public final class ServerFailedException extends LlmException {

    private static final long serialVersionUID = 1L;

    /** Creates the failure with what happened, what is known and what caused it (null when nothing did). */
    public ServerFailedException(String message, ErrorFacts facts, @Nullable Throwable cause) {
        super(ErrorKind.SERVER_FAILED, message, facts, cause);
    }

    /** Creates the failure with what happened and what is known. */
    public ServerFailedException(String message, ErrorFacts facts) {
        this(message, facts, null);
    }
}
