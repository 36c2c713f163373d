package dev.paddock.adapters.http.okhttp;

import dev.paddock.adapters.http.spi.TransportException;
import dev.paddock.adapters.http.spi.TransportFailure;
import dev.paddock.domain.exchange.CallPhase;
import java.io.EOFException;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/** Says in the words of every transport what the library's exceptions, and its states, mean. */
final class OkHttpFailureTranslator {

    private final OpenConnections connections;

    OkHttpFailureTranslator(OpenConnections connections) {
        this.connections = connections;
    }

    TransportException translate(Exception cause, OkHttpCallState state) {
        return new TransportException(classify(cause, state), state.progress(), cause);
    }

    /**
     * A call that was ended on purpose fails for that reason, whatever its socket said when it was closed. To
     * interrupt the thread is to end the call too: the platform closes the socket that an interrupted thread waits for.
     */
    private TransportFailure classify(Exception cause, OkHttpCallState state) {
        if (state.isCancelled() || Thread.currentThread().isInterrupted()) {
            return TransportFailure.CANCELLED;
        }
        if (connections.isClosed()) {
            return TransportFailure.CLOSED;
        }
        return switch (cause) {
            case UnknownHostException lookup when lookup.getCause() instanceof SocketTimeoutException ->
                TransportFailure.TIMEOUT;
            case UnknownHostException unknown -> TransportFailure.UNKNOWN_HOST;
            case SocketTimeoutException timeout -> TransportFailure.TIMEOUT;
            case ConnectException timeout when says(timeout.getCause(), "timed out") -> TransportFailure.TIMEOUT;
            case ConnectException refused when says(refused.getCause(), "refused") ->
                TransportFailure.CONNECTION_REFUSED;
            // Who leaves in the handshake has refused nobody: it may be tried again.
            case Exception ended when state.phase() == CallPhase.TLS && isEnd(ended) -> TransportFailure.NO_RESPONSE;
            case ProtocolException ended when says(ended, "unexpected end of stream") -> ended(state.phase());
            case ProtocolException malformed -> TransportFailure.MALFORMED;
            case EOFException ended -> ended(state.phase());
            default -> TransportFailure.broken(state.phase());
        };
    }

    /** The platform has one exception for every way in which connecting fails; only its message tells them apart. */
    private static boolean says(@Nullable Throwable failure, String words) {
        return failure != null && failure.getMessage() != null && failure.getMessage().contains(words);
    }

    /** Tells whether the other side left, instead of saying what it objects to. */
    private static boolean isEnd(Throwable failure) {
        return failure instanceof SocketException
                || failure instanceof EOFException
                || (failure.getCause() != null && isEnd(failure.getCause()));
    }

    private static TransportFailure ended(CallPhase phase) {
        return phase == CallPhase.BODY ? TransportFailure.TRUNCATED : TransportFailure.broken(phase);
    }
}
