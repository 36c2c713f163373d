package dev.paddock.adapters.http.jdk;

import static dev.paddock.adapters.http.spi.support.SocketFailures.anyCause;
import static dev.paddock.adapters.http.spi.support.SocketFailures.mentions;

import dev.paddock.adapters.http.spi.TransportFailure;
import dev.paddock.adapters.http.spi.support.HttpViolation;
import dev.paddock.adapters.http.spi.support.ProxyFailureException;
import dev.paddock.adapters.http.spi.support.SocketFailures;
import dev.paddock.domain.exchange.CallPhase;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Map;
import java.util.concurrent.CancellationException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/** Maps the client's exceptions, many of which differ only in their messages. */
final class JdkFailures {

    /** Parts of the client's messages, the rest of which may repeat what the server sent. */
    private static final Map<String, HttpViolation> VIOLATIONS = Map.of(
            "Invalid status line", HttpViolation.STATUS_LINE,
            "Unexpected 101 response", HttpViolation.PROTOCOL_SWITCH,
            "Header size too big", HttpViolation.HEAD_LENGTH,
            "Too many interim responses", HttpViolation.INTERIM_RESPONSES,
            "Invalid header", HttpViolation.FIELD,
            "content length", HttpViolation.LENGTH);

    private static final String TUNNEL_FAILED = "Tunnel failed, got: ";

    private JdkFailures() {}

    /** Returns what an exception means, and corrects the progress of the call where the exception knows more. */
    static TransportFailure classify(Throwable cause, JdkCall call) {
        TransportFailure failure = classify(cause, call.phase());
        if (failure == TransportFailure.MALFORMED || mentions(cause, "parsing HTTP/1.1")) {
            // The client has other words when no byte of the head has arrived.
            call.markResponseStarted();
        }
        return failure;
    }

    private static TransportFailure classify(Throwable cause, CallPhase phase) {
        if (cause instanceof CancellationException) {
            return TransportFailure.CANCELLED;
        }
        return switch (phase) {
            case LEASE, CONNECT, TLS -> connecting(cause);
            case SEND, HEAD -> beforeHead(cause, phase);
            case BODY, CALL -> inBody(cause);
        };
    }

    /** Returns the failure of a proxy that an exception stands for, or else the exception: the client does not tell proxy and server apart. */
    static Throwable inTunnel(Throwable cause, CallPhase phase) {
        if (phase != CallPhase.CONNECT || !(cause instanceof IOException failure)) {
            return cause;
        }
        String message = String.valueOf(failure.getMessage());
        if (message.matches(TUNNEL_FAILED + "[0-9]{3}")) {
            return ProxyFailureException.answered(Integer.parseInt(message.substring(TUNNEL_FAILED.length())), true);
        }
        if (failure instanceof ProtocolException) {
            return ProxyFailureException.malformed(failure);
        }
        return mentions(failure, "parser received no bytes") ? ProxyFailureException.closed(failure) : cause;
    }

    /** After a refused connection the client tries again on the closed socket, and reports that. */
    private static TransportFailure connecting(Throwable cause) {
        if (anyCause(cause, part -> part instanceof UnknownHostException || part instanceof UnresolvedAddressException)) {
            return TransportFailure.UNKNOWN_HOST;
        }
        if (anyCause(cause, SSLException.class::isInstance)) {
            return inHandshake(cause);
        }
        if (cause instanceof HttpTimeoutException) {
            return TransportFailure.TIMEOUT;
        }
        boolean refused = cause instanceof ConnectException && anyCause(cause, ClosedChannelException.class::isInstance);
        return refused ? TransportFailure.CONNECTION_REFUSED : SocketFailures.classify(cause, CallPhase.CONNECT);
    }

    /** A server that closes or resets during the handshake has rejected nothing. The client reports it in one of several ways. */
    private static TransportFailure inHandshake(Throwable cause) {
        boolean ended = anyCause(cause, part -> part instanceof SSLException
                && (SocketFailures.classify(part, CallPhase.TLS) == TransportFailure.NO_RESPONSE || mentions(part, "close_notify")));
        return ended ? TransportFailure.NO_RESPONSE : TransportFailure.TLS_FAILED;
    }

    private static TransportFailure beforeHead(Throwable cause, CallPhase phase) {
        if (anyCause(cause, SSLHandshakeException.class::isInstance) || mentions(cause, "Unrecognized SSL message")) {
            // The client may notice a failed handshake only when it sends, or when it reads.
            return inHandshake(cause);
        }
        return switch (cause) {
            case ProtocolException malformed -> TransportFailure.MALFORMED;
            case NumberFormatException length -> TransportFailure.MALFORMED;
            case IOException length when mentions(length, "content length") -> TransportFailure.MALFORMED;
            default -> TransportFailure.broken(phase);
        };
    }

    /** A failure of the connection is the cause of the client's exception; a failure found in the bytes has no cause. */
    private static TransportFailure inBody(Throwable cause) {
        if (anyCause(cause, EOFException.class::isInstance)) {
            return TransportFailure.TRUNCATED;
        }
        boolean inBytes = cause.getCause() == null || anyCause(cause, RuntimeException.class::isInstance);
        return inBytes ? TransportFailure.MALFORMED : TransportFailure.RESET;
    }

    /** Returns what a message of the client says is wrong with a response; null for a message that does not say. */
    static @Nullable HttpViolation violation(Throwable cause, CallPhase phase) {
        if (phase == CallPhase.BODY) {
            return HttpViolation.CHUNK;
        }
        return VIOLATIONS.keySet().stream()
                .filter(words -> mentions(cause, words))
                .map(VIOLATIONS::get)
                .findFirst()
                .orElse(null);
    }
}
