package dev.paddock.adapters.http.apache5;

import dev.paddock.adapters.http.spi.TransportException;
import dev.paddock.adapters.http.spi.TransportFailure;
import dev.paddock.domain.exchange.CallPhase;
import java.io.EOFException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.MalformedChunkCodingException;
import org.apache.hc.core5.http.MessageConstraintException;
import org.apache.hc.core5.http.TruncatedChunkException;

/** Says in the words of every transport what the library's exceptions, and its states, mean. */
final class Apache5FailureTranslator {

    private final Apache5TransportState events;

    Apache5FailureTranslator(Apache5TransportState events) {
        this.events = events;
    }

    TransportException translate(Exception cause, Apache5CallState state) {
        return new TransportException(classify(cause, state), state.progress(), cause);
    }

    /**
     * A call that was ended on purpose fails for that reason, whatever its socket said when it was closed. To
     * interrupt the thread is to end the call too: the platform closes the socket that an interrupted thread waits for.
     */
    private TransportFailure classify(Exception cause, Apache5CallState state) {
        if (state.isCancelled() || Thread.currentThread().isInterrupted()) {
            return TransportFailure.CANCELLED;
        }
        if (events.isClosed()) {
            return TransportFailure.CLOSED;
        }
        return switch (cause) {
            case UnknownHostException unknown -> TransportFailure.UNKNOWN_HOST;
            case SocketTimeoutException timeout -> TransportFailure.TIMEOUT;
            case ConnectException timeout when says(timeout, "timed out") -> TransportFailure.TIMEOUT;
            case ConnectException refused when says(refused, "refused") -> TransportFailure.CONNECTION_REFUSED;
            case MalformedChunkCodingException ended when state.isConnectionEnded() -> TransportFailure.TRUNCATED;
            case TruncatedChunkException truncated -> TransportFailure.TRUNCATED;
            case MalformedChunkCodingException malformed -> TransportFailure.MALFORMED;
            case MessageConstraintException tooLarge -> TransportFailure.MALFORMED;
            // The parser takes the end of the stream for the end of a line, and finds half a line wrong.
            case HttpException ended when state.isConnectionEnded() -> TransportFailure.broken(state.phase());
            case HttpException malformed -> TransportFailure.MALFORMED;
            case Exception ended when state.phase() == CallPhase.TLS && isEnd(ended) -> TransportFailure.NO_RESPONSE;
            case ConnectionClosedException ended when state.phase() == CallPhase.BODY -> TransportFailure.TRUNCATED;
            default -> TransportFailure.broken(state.phase());
        };
    }

    /** The platform has one exception for every way in which connecting fails; only its message tells them apart. */
    private static boolean says(ConnectException failure, String words) {
        String message = failure.getMessage();
        return message != null && message.contains(words);
    }

    /** Tells whether the server went away, other than that it was refused or not understood. */
    private static boolean isEnd(Exception failure) {
        return failure instanceof SocketException || failure.getCause() instanceof EOFException;
    }
}
