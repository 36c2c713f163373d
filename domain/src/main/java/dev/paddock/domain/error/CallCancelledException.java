package dev.paddock.domain.error;

import org.jspecify.annotations.Nullable;

/** The caller cancelled the call. */
public final class CallCancelledException extends LlmException {

    private static final long serialVersionUID = 1L;

    /** Creates the failure with what happened, what is known and what caused it (null when nothing did). */
    public CallCancelledException(String message, ErrorFacts facts, @Nullable Throwable cause) {
        super(ErrorKind.CANCELLED, message, facts, cause);
    }

    /** Creates the failure with what happened and what is known. */
    public CallCancelledException(String message, ErrorFacts facts) {
        this(message, facts, null);
    }
}
