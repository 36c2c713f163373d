package dev.paddock.domain.error;

import org.jspecify.annotations.Nullable;

/** The client was closed before or during the call. */
public final class ClientClosedException extends LlmException {

    private static final long serialVersionUID = 1L;

    /** Creates the failure with what happened, what is known and what caused it (null when nothing did). */
    public ClientClosedException(String message, ErrorFacts facts, @Nullable Throwable cause) {
        super(ErrorKind.CLIENT_CLOSED, message, facts, cause);
    }

    /** Creates the failure with what happened and what is known. */
    public ClientClosedException(String message, ErrorFacts facts) {
        this(message, facts, null);
    }
}
