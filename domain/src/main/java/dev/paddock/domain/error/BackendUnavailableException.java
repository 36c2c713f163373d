package dev.paddock.domain.error;

import org.jspecify.annotations.Nullable;

/** No connection could be made: unknown host, refused, unreachable, or a failed TLS handshake. */
public final class BackendUnavailableException extends LlmException {

    private static final long serialVersionUID = 1L;

    private final boolean unknownHost;

    /** Creates the failure with what happened, what is known and what caused it (null when nothing did). */
    public BackendUnavailableException(String message, ErrorFacts facts, @Nullable Throwable cause) {
        this(message, facts, cause, false);
    }

    private BackendUnavailableException(String message, ErrorFacts facts, @Nullable Throwable cause, boolean unknownHost) {
        super(ErrorKind.BACKEND_UNAVAILABLE, message, facts, cause);
        this.unknownHost = unknownHost;
    }

    /** Returns the failure of a host name that has no address. */
    public static BackendUnavailableException ofUnknownHost(String message, ErrorFacts facts, @Nullable Throwable cause) {
        return new BackendUnavailableException(message, facts, cause, true);
    }

    /** Returns whether the host name has no address. The JDK remembers that for 10 seconds, so an earlier retry asks no name server. */
    public boolean isUnknownHost() {
        return unknownHost;
    }

    /** Creates the failure with what happened and what is known. */
    public BackendUnavailableException(String message, ErrorFacts facts) {
        this(message, facts, null);
    }
}
