package dev.paddock.domain.error;

import org.jspecify.annotations.Nullable;

/** No connection could be made: unknown host, refused, unreachable, or a failed TLS handshake. */
public final class BackendUnavailableException extends LlmException {

    private static final long serialVersionUID = 1L;

    /** Creates the failure with what happened, what is known and what caused it (null when nothing did). */
    public BackendUnavailableException(String message, ErrorFacts facts, @Nullable Throwable cause) {
        super(ErrorKind.BACKEND_UNAVAILABLE, message, facts, cause);
    }

    /** Creates the failure with what happened and what is known. */
    public BackendUnavailableException(String message, ErrorFacts facts) {
        this(message, facts, null);
    }
}
