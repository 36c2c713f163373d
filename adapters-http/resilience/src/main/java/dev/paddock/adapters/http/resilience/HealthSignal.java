package dev.paddock.adapters.http.resilience;

import dev.paddock.domain.error.LlmException;
import dev.paddock.domain.error.LlmTimeoutException;
import dev.paddock.domain.exchange.AnswerVerdict;
import dev.paddock.domain.exchange.CallPhase;
import dev.paddock.domain.exchange.ExchangeRequest;
import dev.paddock.domain.exchange.OperationClass;
import org.jspecify.annotations.Nullable;

/**
 * What an attempt shows of the health of the server and of the model that was asked.
 *
 * <p>Only connections, time limits and proxies without a server show bad health. An error in an answer, whole or streamed, belongs to the
 * request: the same server answers the next one. A failure that a request for a model meets after it was connected counts for that model;
 * requests that run a model without naming it count together, and never for the server.
 */
enum HealthSignal {
    /** The server and the model work. */
    HEALTHY(AttemptOutcome.SUCCESS, AttemptOutcome.SUCCESS),
    /** The server answers; of the model nothing is known. */
    SERVER_ANSWERS(AttemptOutcome.SUCCESS, AttemptOutcome.NEUTRAL),
    /** Nothing is known: the outcome depends on the request or on this process, or the server is busy. */
    NEUTRAL(AttemptOutcome.NEUTRAL, AttemptOutcome.NEUTRAL),
    /** The server answers, and the model does not. */
    MODEL_FAILED(AttemptOutcome.SUCCESS, AttemptOutcome.FAILURE_AFTER_SENDING),
    /** A proxy cannot reach what runs the model. */
    MODEL_UNAVAILABLE(AttemptOutcome.NEUTRAL, AttemptOutcome.FAILURE),
    /** The server does not work; of the model nothing is known. */
    SERVER_FAILED(AttemptOutcome.FAILURE_AFTER_SENDING, AttemptOutcome.NEUTRAL),
    /** The server cannot be reached; of the model nothing is known. */
    SERVER_UNAVAILABLE(AttemptOutcome.FAILURE, AttemptOutcome.NEUTRAL);

    private final AttemptOutcome ofServer;
    private final AttemptOutcome ofModel;

    HealthSignal(AttemptOutcome ofServer, AttemptOutcome ofModel) {
        this.ofServer = ofServer;
        this.ofModel = ofModel;
    }

    AttemptOutcome ofServer() {
        return ofServer;
    }

    AttemptOutcome ofModel() {
        return ofModel;
    }

    /** Returns the signal of an answer with the given verdict. */
    static HealthSignal ofAnswer(ExchangeRequest request, AnswerVerdict verdict) {
        return switch (verdict) {
            case OK -> HEALTHY;
            case REDIRECT, CLIENT_ERROR, AUTHENTICATION, NOT_FOUND, MODEL_MISSING, NOT_PROCESSED, REQUEST_CANCELLED -> SERVER_ANSWERS;
            case RATE_LIMITED, QUOTA_EXHAUSTED, BUSY, MODEL_FAILED, SERVER_FAILED -> NEUTRAL;
            case UNAVAILABLE -> ofUnavailable(request);
        };
    }

    /** Returns the signal of an attempt without an answer, or whose answer failed. */
    static HealthSignal ofFailure(ExchangeRequest request, LlmException failure) {
        return switch (failure.kind()) {
            case BACKEND_UNAVAILABLE -> SERVER_UNAVAILABLE;
            // A server may close a connection that is idle.
            case CONNECTION_LOST -> FailureRetryRules.isStale(failure) ? NEUTRAL : afterSending(request);
            // Without a cause the connection is intact: the answer ended early, which depends on the request.
            case TRUNCATED_RESPONSE -> failure.getCause() == null ? NEUTRAL : inAnswer(request);
            case MALFORMED_RESPONSE -> cameWithAnswer(failure.facts().phase()) ? NEUTRAL : afterSending(request);
            case TIMEOUT -> ofTimeout(request, ((LlmTimeoutException) failure).phase());
            case INVALID_REQUEST, AUTHENTICATION, MODEL_NOT_FOUND, RATE_LIMITED, SERVER_BUSY, SERVER_FAILED, GENERATION_FAILED,
                    POOL_EXHAUSTED, OVERLOADED, CIRCUIT_OPEN, NOT_CACHED, CANCELLED, CLIENT_CLOSED -> NEUTRAL;
        };
    }

    private static HealthSignal ofTimeout(ExchangeRequest request, CallPhase phase) {
        return switch (phase) {
            case LEASE, CALL -> NEUTRAL;
            case CONNECT, TLS -> SERVER_UNAVAILABLE;
            case SEND -> afterSending(request);
            // Silence before the head of a computed answer may be a model that is being loaded.
            case HEAD -> runsModel(request) ? NEUTRAL : afterSending(request);
            case BODY -> inAnswer(request);
        };
    }

    /** A proxy may have another server for each model and each path: only a request that any server answers is about all of them. */
    private static HealthSignal ofUnavailable(ExchangeRequest request) {
        if (runsModel(request)) {
            return MODEL_UNAVAILABLE;
        }
        return request.operation().operationClass() == OperationClass.READ && request.model() == null
                ? SERVER_UNAVAILABLE
                : NEUTRAL;
    }

    private static HealthSignal inAnswer(ExchangeRequest request) {
        return runsModel(request) ? MODEL_FAILED : afterSending(request);
    }

    /** How a healthy server treats an unknown path is unknown, and a download depends on its source. */
    private static HealthSignal afterSending(ExchangeRequest request) {
        return request.operation().operationClass() == OperationClass.MANAGE ? NEUTRAL : SERVER_FAILED;
    }

    /** Returns whether what was malformed is the body; a reader of the body does not know of phases. */
    private static boolean cameWithAnswer(@Nullable CallPhase phase) {
        return phase == null || phase == CallPhase.BODY;
    }

    /** Returns whether a request runs a model. Only such a request is stopped by the open circuit of its model. */
    static boolean runsModel(ExchangeRequest request) {
        return switch (request.operation().operationClass()) {
            case GENERATE, EMBED -> true;
            case READ, MANAGE -> false;
        };
    }
}
