package dev.paddock.domain.error;

import org.jspecify.annotations.Nullable;

/** The server refused the credentials, the host or the origin of the caller (401 or 403). */
public final class AuthenticationException extends LlmException {

    private static final long serialVersionUID = 1L;

    /** Creates the failure with what happened, what is known and what caused it (null when nothing did). */
    public AuthenticationException(String message, ErrorFacts facts, @Nullable Throwable cause) {
        super(ErrorKind.AUTHENTICATION, message, facts, cause);
    }

    /** Creates the failure with what happened and what is known. */
    public AuthenticationException(String message, ErrorFacts facts) {
        this(message, facts, null);
    }
}
