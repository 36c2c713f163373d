package dev.paddock.domain.error;

import org.jspecify.annotations.Nullable;

/** The server accepts no more work at present (503): its queue is full, or it is still loading. */
public final class ServerBusyException extends LlmException {

    private static final long serialVersionUID = 1L;

    /** Creates the failure with what happened, what is known and what caused it (null when nothing did). */
    public ServerBusyException(String message, ErrorFacts facts, @Nullable Throwable cause) {
        super(ErrorKind.SERVER_BUSY, message, facts, cause);
    }

    /** Creates the failure with what happened and what is known. */
    public ServerBusyException(String message, ErrorFacts facts) {
        this(message, facts, null);
    }
}
