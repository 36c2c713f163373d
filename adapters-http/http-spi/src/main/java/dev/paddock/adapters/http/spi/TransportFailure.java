package dev.paddock.adapters.http.spi;

import dev.paddock.domain.exchange.CallPhase;
import java.util.Locale;

/** The kinds of failure of a call, the same for every transport. */
public enum TransportFailure {
    /** The host name has no address. */
    UNKNOWN_HOST,
    /** The host refused the connection. */
    CONNECTION_REFUSED,
    /** There is no way to the server. */
    UNREACHABLE,
    /** This process has no file descriptor, port or memory left for a connection; this is no fault of the server. */
    LOCAL_RESOURCES,
    /** The TLS handshake failed: an untrusted or wrong certificate, or no TLS at all on the other side. */
    TLS_FAILED,
    /** The proxy refuses the connection or the request, for example because of its credentials; it would do so again. */
    PROXY_REFUSED,
    /** The proxy was reached, and does not lead to the server: an error, no HTTP, or the end of the connection. */
    PROXY_FAILED,
    /** Every connection is in use and the call may not wait. */
    POOL_FULL,
    /** The call waited too long for a connection. */
    LEASE_TIMEOUT,
    /** The connection broke while the request was being sent. */
    SEND_FAILED,
    /** The connection ended before the head of the response had arrived. */
    NO_RESPONSE,
    /** A phase of the call took longer than it may; the progress of the call names it. */
    TIMEOUT,
    /** The whole call took longer than its deadline. */
    DEADLINE,
    /** The head of the response, or the framing of its body, breaks HTTP. */
    MALFORMED,
    /** The body ended before its announced end. */
    TRUNCATED,
    /** The connection broke while the body was being read. */
    RESET,
    /** The call was cancelled. */
    CANCELLED,
    /** The transport or its lease was closed. */
    CLOSED;

    /** Returns the failure when a connection breaks, or was never made, in the given phase of a call. */
    public static TransportFailure broken(CallPhase phase) {
        return switch (phase) {
            case LEASE, CONNECT -> UNREACHABLE;
            case TLS -> TLS_FAILED;
            case SEND -> SEND_FAILED;
            case HEAD -> NO_RESPONSE;
            case BODY, CALL -> RESET;
        };
    }

    /** Returns a description, for example {@code no response}. */
    public String description() {
        return this == TLS_FAILED ? "handshake failed" : name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
