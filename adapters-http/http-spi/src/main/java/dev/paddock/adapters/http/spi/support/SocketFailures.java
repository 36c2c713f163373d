package dev.paddock.adapters.http.spi.support;

import dev.paddock.adapters.http.spi.TransportFailure;
import dev.paddock.domain.exchange.CallPhase;
import java.io.EOFException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.function.Predicate;
import javax.net.ssl.SSLException;

/** Maps the exceptions of the platform's sockets; the exceptions of an HTTP library are mapped by its adapter before. */
public final class SocketFailures {

    private SocketFailures() {}

    /** Returns what an exception means in the given phase of a call. */
    public static TransportFailure classify(Throwable cause, CallPhase phase) {
        return switch (cause) {
            case UnknownHostException unknown -> TransportFailure.UNKNOWN_HOST;
            case SocketTimeoutException timeout -> TransportFailure.TIMEOUT;
            case ConnectException timeout when mentions(timeout, "timed out") -> TransportFailure.TIMEOUT;
            case ConnectException refused when mentions(refused, "refused") -> TransportFailure.CONNECTION_REFUSED;
            // A server that closes during the handshake has rejected nothing: the call may be tried again.
            case Throwable ended when phase == CallPhase.TLS && isEnd(ended) -> TransportFailure.NO_RESPONSE;
            case SSLException rejected when phase.compareTo(CallPhase.BODY) < 0 && TlsProblem.isRejection(rejected) ->
                TransportFailure.TLS_FAILED;
            case EOFException ended when phase == CallPhase.BODY -> TransportFailure.TRUNCATED;
            default -> TransportFailure.broken(phase);
        };
    }

    /** Returns whether a failure or one of its causes is of the given kind. */
    public static boolean anyCause(Throwable failure, Predicate<Throwable> kind) {
        return kind.test(failure) || (failure.getCause() != null && anyCause(failure.getCause(), kind));
    }

    /** Returns whether the message of a failure or of one of its causes contains a text, which may be all that tells failures apart. */
    public static boolean mentions(Throwable failure, String text) {
        return anyCause(failure, part -> {
            String message = part.getMessage();
            return message != null && message.contains(text);
        });
    }

    /** Returns whether the server closed the connection instead of naming a TLS error. */
    private static boolean isEnd(Throwable failure) {
        return anyCause(failure, part -> part instanceof SocketException || part instanceof EOFException);
    }
}
