package dev.paddock.adapters.http.resilience;

import dev.paddock.domain.error.LlmException;
import dev.paddock.domain.error.LlmTimeoutException;
import dev.paddock.domain.exchange.AnswerVerdict;
import dev.paddock.domain.exchange.CallPhase;
import dev.paddock.domain.exchange.ExchangeRequest;
import org.jspecify.annotations.Nullable;

/**
 * What an attempt tells about the health of the server and of the model that was asked.
 *
 * <p>A server that does not answer, or not in HTTP, is ill itself. One that answers that it failed, or whose answer breaks off,
 * may be well: its other models may answer. The failure is the model's then, if the request named one.
 */
enum HealthSignal {
    /** Both are well. */
    HEALTHY(AttemptOutcome.SUCCESS, AttemptOutcome.SUCCESS),
    /** The attempt tells nothing: it ended for reasons of our own, or the server has enough to do. */
    NEUTRAL(AttemptOutcome.NEUTRAL, AttemptOutcome.NEUTRAL),
    /** The model is not well; the server answered. */
    MODEL_FAILED(AttemptOutcome.SUCCESS, AttemptOutcome.FAILURE),
    /** The server is not well; of the model nothing is known. */
    SERVER_FAILED(AttemptOutcome.FAILURE, AttemptOutcome.NEUTRAL);

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

    /** Returns what an answer with the given verdict says. */
    static HealthSignal ofAnswer(AnswerVerdict verdict) {
        return switch (verdict) {
            case OK, REDIRECT, CLIENT_ERROR, AUTHENTICATION, NOT_FOUND, MODEL_MISSING, NOT_PROCESSED, REQUEST_CANCELLED -> HEALTHY;
            case RATE_LIMITED, BUSY -> NEUTRAL;
            case MODEL_FAILED -> MODEL_FAILED;
            case SERVER_FAILED -> SERVER_FAILED;
        };
    }

    /**
     * Returns what a failed attempt says.
     *
     * @param verdict the verdict on the answer as far as it was read; matters only if the server reported the failure in its answer
     */
    static HealthSignal ofFailure(ExchangeRequest request, LlmException failure, AnswerVerdict verdict) {
        return switch (failure.kind()) {
            case BACKEND_UNAVAILABLE -> SERVER_FAILED;
            // That a server closes idle connections is its right.
            case CONNECTION_LOST -> FailureRetryRules.isStale(failure) ? NEUTRAL : SERVER_FAILED;
            case TRUNCATED_RESPONSE, SERVER_FAILED -> failureOfAnswer(request);
            case MALFORMED_RESPONSE ->
                cameWithAnswer(failure.facts().phase()) ? failureOfAnswer(request) : SERVER_FAILED;
            // The server reports the failure of a model that it runs. About a download it reports much else.
            case GENERATION_FAILED -> verdict == AnswerVerdict.MODEL_FAILED ? MODEL_FAILED : NEUTRAL;
            case TIMEOUT -> ofTimeout(request, ((LlmTimeoutException) failure).phase());
            case INVALID_REQUEST, AUTHENTICATION, MODEL_NOT_FOUND, RATE_LIMITED, SERVER_BUSY, POOL_EXHAUSTED, CIRCUIT_OPEN,
                    CANCELLED, CLIENT_CLOSED -> NEUTRAL;
        };
    }

    private static HealthSignal ofTimeout(ExchangeRequest request, CallPhase phase) {
        return switch (phase) {
            case LEASE, CALL -> NEUTRAL;
            case CONNECT, TLS, SEND -> SERVER_FAILED;
            // Silence before the head of a computed answer may be a model that is being loaded.
            case HEAD -> runsModel(request) ? NEUTRAL : SERVER_FAILED;
            case BODY -> runsModel(request) ? failureOfAnswer(request) : SERVER_FAILED;
        };
    }

    /** Returns whether what was malformed is the body; a reader of the body does not know of phases. */
    private static boolean cameWithAnswer(@Nullable CallPhase phase) {
        return phase == null || phase == CallPhase.BODY;
    }

    private static HealthSignal failureOfAnswer(ExchangeRequest request) {
        return request.model() == null ? SERVER_FAILED : MODEL_FAILED;
    }

    /** Returns whether a request runs a model. Only such a request is stopped by the open circuit of its model. */
    static boolean runsModel(ExchangeRequest request) {
        return switch (request.operation().operationClass()) {
            case GENERATE, EMBED -> true;
            case READ, MANAGE -> false;
        };
    }
}
