package dev.paddock.adapters.http.resilience;

import dev.paddock.domain.error.LlmException;
import dev.paddock.domain.error.LlmTimeoutException;
import dev.paddock.domain.error.ServerWords;
import dev.paddock.domain.exchange.CallPhase;
import dev.paddock.domain.exchange.ExchangeRequest;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What an attempt tells about the health of the server and of the model that was asked.
 *
 * <p>A server that does not answer, or not in HTTP, is ill itself. One that answers that it failed, or whose answer breaks off,
 * may be well: its other models may answer. The failure is the model's then, if the request named one.
 */
enum AttemptFinding {
    /** Both are well. */
    WELL(AttemptOutcome.SUCCESS, AttemptOutcome.SUCCESS),
    /** The attempt tells nothing: it ended for reasons of our own, or the server has enough to do. */
    NOTHING(AttemptOutcome.NEUTRAL, AttemptOutcome.NEUTRAL),
    /** The model is not well; the server answered. */
    MODEL_FAILED(AttemptOutcome.SUCCESS, AttemptOutcome.FAILURE),
    /** The server is not well; of the model nothing is known. */
    SERVER_FAILED(AttemptOutcome.FAILURE, AttemptOutcome.NEUTRAL);

    private final AttemptOutcome ofServer;
    private final AttemptOutcome ofModel;

    AttemptFinding(AttemptOutcome ofServer, AttemptOutcome ofModel) {
        this.ofServer = ofServer;
        this.ofModel = ofModel;
    }

    AttemptOutcome ofServer() {
        return ofServer;
    }

    AttemptOutcome ofModel() {
        return ofModel;
    }

    /** Returns what a good first frame, or the whole of an error answer, tells. */
    static AttemptFinding ofAnswer(ExchangeRequest request, int status, String refusal) {
        return switch (status) {
            case 400 -> ServerWords.tellCrash(request.operation(), refusal) ? failureOfAnswer(request) : WELL;
            // Too much to do is no illness.
            case 429, 503 -> NOTHING;
            case 500 -> ServerWords.blameCaller(refusal) ? WELL : failureOfAnswer(request);
            // A gateway says so of that which is behind it, and may have another server for each model.
            case 502, 504 -> failureOfAnswer(request);
            default -> WELL;
        };
    }

    static AttemptFinding ofFailure(ExchangeRequest request, LlmException failure) {
        return switch (failure.kind()) {
            case BACKEND_UNAVAILABLE -> SERVER_FAILED;
            // That a server closes idle connections is its right.
            case CONNECTION_LOST -> FailureRules.isStale(failure) ? NOTHING : SERVER_FAILED;
            case TRUNCATED_RESPONSE, SERVER_FAILED -> failureOfAnswer(request);
            case MALFORMED_RESPONSE ->
                cameWithAnswer(failure.facts().phase()) ? failureOfAnswer(request) : SERVER_FAILED;
            case GENERATION_FAILED -> ofFailureInAnswer(request, failure);
            case TIMEOUT -> ofTimeout(request, ((LlmTimeoutException) failure).phase());
            case INVALID_REQUEST, AUTHENTICATION, MODEL_NOT_FOUND, RATE_LIMITED, SERVER_BUSY, POOL_EXHAUSTED, CIRCUIT_OPEN,
                    CANCELLED, CLIENT_CLOSED -> NOTHING;
        };
    }

    private static AttemptFinding ofTimeout(ExchangeRequest request, CallPhase phase) {
        return switch (phase) {
            case LEASE, CALL -> NOTHING;
            case CONNECT, TLS, SEND -> SERVER_FAILED;
            // Silence before the head of a computed answer may be a model that is being loaded.
            case HEAD -> computes(request) ? NOTHING : SERVER_FAILED;
            case BODY -> computes(request) ? failureOfAnswer(request) : SERVER_FAILED;
        };
    }

    /** What a server says in the middle of an answer about a model that it runs; about a download it says much else. */
    private static AttemptFinding ofFailureInAnswer(ExchangeRequest request, LlmException failure) {
        boolean tells = computes(request)
                && request.model() != null
                && !ServerWords.blameCaller(Objects.requireNonNullElse(failure.getMessage(), ""));
        return tells ? MODEL_FAILED : NOTHING;
    }

    /** Tells whether what was malformed is the body; a reader of the body does not know of phases. */
    private static boolean cameWithAnswer(@Nullable CallPhase phase) {
        return phase == null || phase == CallPhase.BODY;
    }

    private static AttemptFinding failureOfAnswer(ExchangeRequest request) {
        return request.model() == null ? SERVER_FAILED : MODEL_FAILED;
    }

    /** Tells whether a request has a model run: only then is it kept from a model that is given a rest. */
    static boolean computes(ExchangeRequest request) {
        return switch (request.operation().operationClass()) {
            case GENERATE, EMBED -> true;
            case READ, MANAGE -> false;
        };
    }
}
