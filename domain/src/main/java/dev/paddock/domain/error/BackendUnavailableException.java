package dev.paddock.domain.error;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/** No connection could be made: unknown host, refused, unreachable, a failed TLS handshake, or a proxy that does not lead to the server. */
public final class BackendUnavailableException extends LlmException {

    private static final long serialVersionUID = 1L;

    private final Hop hop;
    private final boolean unknownHost;

    /** Creates the failure at a hop with what happened, what is known and what caused it (null when nothing did). */
    public BackendUnavailableException(Hop hop, String message, ErrorFacts facts, @Nullable Throwable cause) {
        this(hop, message, facts, cause, false);
    }

    /** Creates the failure at the server with what happened, what is known and what caused it (null when nothing did). */
    public BackendUnavailableException(String message, ErrorFacts facts, @Nullable Throwable cause) {
        this(Hop.SERVER, message, facts, cause);
    }

    private BackendUnavailableException(
            Hop hop, String message, ErrorFacts facts, @Nullable Throwable cause, boolean unknownHost) {
        super(ErrorKind.BACKEND_UNAVAILABLE, message, facts, cause);
        this.hop = requireNonNull(hop, "hop");
        this.unknownHost = unknownHost;
    }

    /** Returns the failure of a host name that has no address: that of the server, or of the proxy. */
    public static BackendUnavailableException ofUnknownHost(
            Hop hop, String message, ErrorFacts facts, @Nullable Throwable cause) {
        return new BackendUnavailableException(hop, message, facts, cause, true);
    }

    /** Returns whether the host name has no address. The JDK remembers that for 10 seconds, so an earlier retry asks no name server. */
    public boolean isUnknownHost() {
        return unknownHost;
    }

    /** Creates the failure with what happened and what is known. */
    public BackendUnavailableException(String message, ErrorFacts facts) {
        this(message, facts, null);
    }

    /** Returns where the way to the server ended. */
    public Hop hop() {
        return hop;
    }

    @Override
    public boolean isRetryable() {
        return hop != Hop.REFUSING_PROXY;
    }

    @Override
    public String advice() {
        return switch (hop) {
            case SERVER -> super.advice();
            case PROXY -> "Is the proxy running, does it reach the server, and is its URL right?";
            case REFUSING_PROXY -> "Check the credentials for the proxy, and whether it allows connections to this server.";
        };
    }

    /** Where the way to a server ends. */
    public enum Hop {
        /** At the server. */
        SERVER,
        /** At a proxy that cannot be reached, or cannot reach the server. */
        PROXY,
        /** At a proxy that refuses, and would refuse again. */
        REFUSING_PROXY
    }
}
