package dev.paddock.adapters.http.jdk;

import dev.paddock.adapters.http.spi.TransportException;
import dev.paddock.adapters.http.spi.TransportFailure;
import dev.paddock.domain.exchange.CallPhase;
import dev.paddock.domain.exchange.CallProgress;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.UnresolvedAddressException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;

/** Says in the words of every transport what the client's exceptions mean; many differ in their message only. */
final class JdkFailureTranslator {

    private JdkFailureTranslator() {}

    static TransportException translate(Exception failed, CallOutcome end, JdkCallState state) {
        Throwable cause = causeOf(failed);
        TransportFailure failure = classify(cause, end, state);
        if (failure == TransportFailure.MALFORMED || has(cause, JdkFailureTranslator::tellsOfAHead)) {
            state.responseStarted();
        }
        CallProgress progress =
                failure == TransportFailure.TLS_FAILED ? state.progress().withPhase(CallPhase.TLS) : state.progress();
        return new TransportException(failure, progress, cause);
    }

    /** Returns what made a future fail. */
    static Throwable causeOf(Exception failed) {
        Throwable cause = failed.getCause();
        return failed instanceof ExecutionException && cause != null ? cause : failed;
    }

    private static TransportFailure classify(Throwable cause, CallOutcome end, JdkCallState state) {
        if (end == CallOutcome.CLOSED) {
            return TransportFailure.CLOSED;
        }
        if (end == CallOutcome.CANCELLED || cause instanceof CancellationException) {
            return TransportFailure.CANCELLED;
        }
        if (!state.isConnected()) {
            return whileConnecting(cause);
        }
        return state.phase() == CallPhase.BODY ? inBody(cause) : beforeHead(cause, state.phase());
    }

    /** The client tries again on the closed socket when a connection was refused, and tells of that. */
    private static TransportFailure whileConnecting(Throwable cause) {
        if (has(cause, UnknownHostException.class::isInstance)
                || has(cause, UnresolvedAddressException.class::isInstance)) {
            return TransportFailure.UNKNOWN_HOST;
        }
        if (has(cause, SSLException.class::isInstance)) {
            return TransportFailure.TLS_FAILED;
        }
        return switch (cause) {
            case HttpTimeoutException timeout -> TransportFailure.TIMEOUT;
            case TimeoutException timeout -> TransportFailure.TIMEOUT;
            case ConnectException timeout when says(timeout, "timed out") -> TransportFailure.TIMEOUT;
            case ConnectException refused
            when says(refused, "refused") || has(refused, ClosedChannelException.class::isInstance) ->
                TransportFailure.CONNECTION_REFUSED;
            default -> TransportFailure.UNREACHABLE;
        };
    }

    private static TransportFailure beforeHead(Throwable cause, CallPhase phase) {
        if (has(cause, SSLHandshakeException.class::isInstance)) {
            // The client may learn only from what it sends that the handshake has failed.
            return TransportFailure.TLS_FAILED;
        }
        return switch (cause) {
            case ProtocolException malformed -> TransportFailure.MALFORMED;
            case NumberFormatException length -> TransportFailure.MALFORMED;
            case IOException length when says(length, "content length") -> TransportFailure.MALFORMED;
            default -> phase == CallPhase.SEND ? TransportFailure.SEND_FAILED : TransportFailure.NO_RESPONSE;
        };
    }

    /** What the connection did is the cause of what the client says; what it found in the bytes has no cause. */
    private static TransportFailure inBody(Throwable cause) {
        if (has(cause, EOFException.class::isInstance)) {
            return TransportFailure.TRUNCATED;
        }
        boolean inBytes = cause.getCause() == null || has(cause, RuntimeException.class::isInstance);
        return inBytes ? TransportFailure.MALFORMED : TransportFailure.RESET;
    }

    /** The words that the client has for an incomplete head; it has others for one of which nothing has arrived. */
    private static boolean tellsOfAHead(Throwable failure) {
        return says(failure, "parsing HTTP/1.1");
    }

    private static boolean says(Throwable failure, String words) {
        String message = failure.getMessage();
        return message != null && message.contains(words);
    }

    private static boolean has(Throwable failure, Predicate<Throwable> sought) {
        for (Throwable next = failure; next != null; next = next.getCause()) {
            if (sought.test(next)) {
                return true;
            }
        }
        return false;
    }
}
