package dev.paddock.adapters.http.resilience;

import dev.paddock.domain.error.LlmException;
import dev.paddock.domain.error.LlmTimeoutException;
import dev.paddock.domain.error.ServerWords;
import dev.paddock.domain.exchange.CallPhase;
import dev.paddock.domain.exchange.ExchangeRequest;

/** What an attempt tells about the health of the server. */
enum AttemptOutcome {
    /** The server is well. */
    SUCCESS,
    /** The attempt tells nothing: it ended for reasons of our own, or the server has enough to do. */
    NEUTRAL,
    /** The server is not well. */
    FAILURE;

    /** Returns what a good first frame, or the whole of an error answer, tells. */
    static AttemptOutcome ofAnswer(ExchangeRequest request, int status, String refusal) {
        return switch (status) {
            case 400 -> ServerWords.tellCrash(request.operation(), refusal) ? FAILURE : SUCCESS;
            // Too much to do is no illness.
            case 429, 503 -> NEUTRAL;
            case 500 -> ServerWords.blameCaller(refusal) ? SUCCESS : FAILURE;
            case 502, 504 -> FAILURE;
            default -> SUCCESS;
        };
    }

    static AttemptOutcome ofFailure(ExchangeRequest request, LlmException failure) {
        return switch (failure.kind()) {
            case BACKEND_UNAVAILABLE, TRUNCATED_RESPONSE, MALFORMED_RESPONSE, SERVER_FAILED -> FAILURE;
            // That a server closes idle connections is its right.
            case CONNECTION_LOST -> FailureRules.isStale(failure) ? NEUTRAL : FAILURE;
            case TIMEOUT -> ofTimeout(request, ((LlmTimeoutException) failure).phase());
            case INVALID_REQUEST, AUTHENTICATION, MODEL_NOT_FOUND, RATE_LIMITED, SERVER_BUSY, GENERATION_FAILED,
                    POOL_EXHAUSTED, CIRCUIT_OPEN, CANCELLED, CLIENT_CLOSED -> NEUTRAL;
        };
    }

    private static AttemptOutcome ofTimeout(ExchangeRequest request, CallPhase phase) {
        return switch (phase) {
            case LEASE, CALL -> NEUTRAL;
            case CONNECT, TLS, SEND, BODY -> FAILURE;
            // Silence before the head of a computed answer may be a model that is being loaded.
            case HEAD ->
                switch (request.operation().operationClass()) {
                    case GENERATE, EMBED -> NEUTRAL;
                    case READ, MANAGE -> FAILURE;
                };
        };
    }
}
