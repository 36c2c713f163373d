package dev.paddock.domain.error;

import org.jspecify.annotations.Nullable;

/** An open connection broke before the answer was complete. */
public final class ConnectionLostException extends LlmException {

    private static final long serialVersionUID = 1L;

    /** Creates the failure with what happened, what is known and what caused it (null when nothing did). */
    public ConnectionLostException(String message, ErrorFacts facts, @Nullable Throwable cause) {
        super(ErrorKind.CONNECTION_LOST, message, facts, cause);
    }

    /** Creates the failure with what happened and what is known. */
    public ConnectionLostException(String message, ErrorFacts facts) {
        this(message, facts, null);
    }
}
