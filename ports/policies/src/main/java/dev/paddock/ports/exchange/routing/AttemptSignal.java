package dev.paddock.ports.exchange.routing;

import dev.paddock.domain.error.LlmException;
import dev.paddock.domain.error.LlmTimeoutException;
import dev.paddock.domain.exchange.AnswerVerdict;
import dev.paddock.domain.exchange.CallProgress;
import org.jspecify.annotations.Nullable;

/** What an attempt shows of its server. */
enum AttemptSignal {
    /** The server answers. */
    ANSWERED,
    /** Nothing: the attempt was not sent, or its caller has left. */
    NEUTRAL,
    /** The server has too much to do. It gets fewer calls, but is not ejected. */
    OVERLOADED,
    /** The server, or a model there, does not answer. */
    FAILED;

    static AttemptSignal of(AnswerVerdict verdict) {
        return switch (verdict) {
            case OK, REDIRECT, CLIENT_ERROR, AUTHENTICATION, NOT_FOUND, MODEL_MISSING -> ANSWERED;
            case REQUEST_CANCELLED -> NEUTRAL;
            case RATE_LIMITED, QUOTA_EXHAUSTED, BUSY, NOT_PROCESSED -> OVERLOADED;
            case MODEL_FAILED, SERVER_FAILED, UNAVAILABLE -> FAILED;
        };
    }

    static AttemptSignal of(LlmException failure) {
        return switch (failure.kind()) {
            case BACKEND_UNAVAILABLE, MALFORMED_RESPONSE, GENERATION_FAILED -> FAILED;
            case CONNECTION_LOST -> isStale(failure.facts().progress()) ? NEUTRAL : FAILED;
            case TRUNCATED_RESPONSE -> failure.getCause() == null ? NEUTRAL : FAILED;
            case TIMEOUT -> switch (((LlmTimeoutException) failure).phase()) {
                case CONNECT, TLS, SEND, HEAD, BODY -> FAILED;
                case CALL -> OVERLOADED;
                case LEASE -> NEUTRAL;
            };
            case RATE_LIMITED -> OVERLOADED;
            case INVALID_REQUEST, AUTHENTICATION, MODEL_NOT_FOUND, SERVER_BUSY, SERVER_FAILED, POOL_EXHAUSTED, OVERLOADED, CIRCUIT_OPEN, NOT_CACHED,
                    CANCELLED, CLIENT_CLOSED -> NEUTRAL;
        };
    }

    /** Returns whether an attempt was refused in this process, before anything was sent, so that another server may take it. */
    static boolean isRefusal(LlmException failure) {
        return failure.facts().attempts() == 0
                && switch (failure.kind()) {
                    case CIRCUIT_OPEN, SERVER_BUSY, POOL_EXHAUSTED, TIMEOUT -> true;
                    default -> false;
                };
    }

    /** A server may close a connection that is idle. */
    private static boolean isStale(@Nullable CallProgress progress) {
        return progress != null && progress.connectionReused() && !progress.responseStarted();
    }
}
