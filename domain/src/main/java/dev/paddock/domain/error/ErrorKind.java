package dev.paddock.domain.error;

import java.util.Locale;

/** The kind of a failed call: one for each {@link LlmException}, and a bounded label for metrics. */
public enum ErrorKind {
    /** {@link InvalidRequestException}. */
    INVALID_REQUEST(false, "Correct the request as the message says."),
    /** {@link AuthenticationException}. */
    AUTHENTICATION(false, "Check the key, and the hosts and origins that the server allows."),
    /** {@link ModelNotFoundException}. */
    MODEL_NOT_FOUND(false, "Get the model with 'ollama pull'."),
    /** {@link RateLimitedException}. */
    RATE_LIMITED(true, "Send fewer requests, or wait as long as the server asks."),
    /** {@link ServerBusyException}. */
    SERVER_BUSY(true, "Wait and try again. If the server is busy, send fewer requests at once, or raise its queue limit."),
    /** {@link ServerFailedException}. */
    SERVER_FAILED(true, "Look at the log of the server."),
    /** {@link GenerationFailedException}. */
    GENERATION_FAILED(false, "Look at the log of the server; the text received so far is kept."),
    /** {@link BackendUnavailableException}. */
    BACKEND_UNAVAILABLE(true, "Is the server running ('ollama serve'), and is the base URL right?"),
    /** {@link ConnectionLostException}. */
    CONNECTION_LOST(true, "The server may have been restarted or may have crashed: look at its log."),
    /** {@link TruncatedResponseException}. */
    TRUNCATED_RESPONSE(false, "The answer is incomplete; the text received so far is kept. Send the request again."),
    /** {@link MalformedResponseException}. */
    MALFORMED_RESPONSE(false, "Is this the base URL of a model server?"),
    /** {@link LlmTimeoutException}. */
    TIMEOUT(true, ""),
    /** {@link PoolExhaustedException}. */
    POOL_EXHAUSTED(true, "Raise the limit of connections or of open files, or let calls wait for a free one."),
    /** {@link OverloadedException}. */
    OVERLOADED(true, "Wait as long as retryAfter says, send fewer calls at once, or enlarge the queue."),
    /** {@link CircuitOpenException}. */
    CIRCUIT_OPEN(true, "The server failed too often: wait as long as retryAfter says, and look at its log."),
    /** {@link CallCancelledException}. */
    CANCELLED(false, ""),
    /** {@link AnswerNotCachedException}. */
    NOT_CACHED(false, "Ask without only-if-cached, so that the server may answer."),
    /** {@link ClientClosedException}. */
    CLIENT_CLOSED(false, "Create a new client; a closed one never opens again.");

    private final boolean retryable;
    private final String advice;

    ErrorKind(boolean retryable, String advice) {
        this.retryable = retryable;
        this.advice = advice;
    }

    /** Returns the name as it appears in metrics and JSON, for example {@code pool_exhausted}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    boolean isRetryable() {
        return retryable;
    }

    String advice() {
        return advice;
    }
}
