package dev.paddock.adapters.http.resilience;

import dev.paddock.domain.error.BackendUnavailableException;
import dev.paddock.domain.error.ErrorKind;
import dev.paddock.domain.error.LlmException;
import dev.paddock.domain.error.LlmTimeoutException;
import dev.paddock.domain.exchange.CallPhase;
import dev.paddock.domain.exchange.CallProgress;
import dev.paddock.domain.exchange.OperationClass;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The rules for a retry after an attempt without an answer. They depend on the operation and on the progress of the attempt.
 *
 * <p>A server can only have executed a request whose body it has received completely. Before that, every request is safe to repeat
 * that reads or computes; after that, every one that may be computed twice. An operation that changes the server is repeated only when
 * there was no connection. Immutable.
 */
final class FailureRetryRules {

    private static final Duration STALE_WITHIN = Duration.ofMillis(500);

    private final GenerationReplay replay;

    FailureRetryRules(GenerationReplay replay) {
        this.replay = replay;
    }

    /**
     * Returns the rule after a failure.
     *
     * @param elsewhere whether the next attempt would be sent to another server, whose state does not depend on this one
     */
    RetryRule ruleFor(OperationClass operation, LlmException failure, boolean elsewhere) {
        return switch (failure.kind()) {
            case BACKEND_UNAVAILABLE -> afterNoConnection((BackendUnavailableException) failure, elsewhere);
            case CONNECTION_LOST, TRUNCATED_RESPONSE ->
                afterBreak(operation, failure.facts().progress());
            case TIMEOUT -> afterTimeout(operation, (LlmTimeoutException) failure, elsewhere);
            case GENERATION_FAILED -> afterFailureInAnswer(operation, elsewhere);
            // A pool that is full stays full for longer than a shortage of file descriptors.
            case POOL_EXHAUSTED -> failure.facts().phase() == CallPhase.LEASE ? RetryRule.NOT_RETRYABLE : RetryRule.RETRY;
            case INVALID_REQUEST, AUTHENTICATION, MODEL_NOT_FOUND, RATE_LIMITED, SERVER_BUSY, SERVER_FAILED,
                    MALFORMED_RESPONSE, OVERLOADED, CIRCUIT_OPEN, NOT_CACHED, CANCELLED, CLIENT_CLOSED -> RetryRule.NOT_RETRYABLE;
        };
    }

    /**
     * Returns whether the attempt met a connection that the server had closed while it was idle, which is not a failure: the
     * same request may be sent again at once on another connection.
     */
    boolean metStaleConnection(OperationClass operation, LlmException failure) {
        if (!isStale(failure) || operation == OperationClass.MANAGE) {
            return false;
        }
        return operation != OperationClass.GENERATE
                || replay != GenerationReplay.NEVER
                || incomplete(failure.facts().progress());
    }

    /**
     * Returns whether a reused connection broke soon and without a byte of response. One that breaks later was open when the request
     * was sent.
     */
    static boolean isStale(LlmException failure) {
        CallProgress progress = failure.facts().progress();
        Duration elapsed = failure.facts().elapsed();
        return failure.kind() == ErrorKind.CONNECTION_LOST
                && progress != null
                && progress.connectionReused()
                && !progress.responseStarted()
                && (elapsed == null || elapsed.compareTo(STALE_WITHIN) <= 0);
    }

    /** All servers have the same proxy. A certificate that is not trusted, and a name that has no address, are so in a second, too. */
    private static RetryRule afterNoConnection(BackendUnavailableException failure, boolean elsewhere) {
        boolean stays = failure.facts().phase() == CallPhase.TLS || failure.isUnknownHost();
        return !failure.isRetryable() || (stays && !elsewhere) ? RetryRule.NOT_RETRYABLE : RetryRule.RETRY;
    }

    private RetryRule afterBreak(OperationClass operation, @Nullable CallProgress progress) {
        if (notConnected(progress)) {
            return RetryRule.RETRY;
        }
        return switch (operation) {
            case READ, EMBED -> RetryRule.RETRY;
            case GENERATE ->
                replay == GenerationReplay.ALWAYS || incomplete(progress) ? RetryRule.RETRY : RetryRule.NOT_SAFE;
            case MANAGE -> RetryRule.NOT_SAFE;
        };
    }

    private RetryRule afterTimeout(OperationClass operation, LlmTimeoutException timeout, boolean elsewhere) {
        return switch (timeout.phase()) {
            case CONNECT, TLS -> RetryRule.RETRY;
            case LEASE, CALL -> RetryRule.NOT_RETRYABLE;
            case SEND -> incomplete(timeout.facts().progress()) && operation != OperationClass.MANAGE
                    ? RetryRule.RETRY
                    : afterSilence(operation, elsewhere);
            case HEAD, BODY -> afterSilence(operation, elsewhere);
        };
    }

    /** A server aborts the loading of a model with the call that needs it: a retry there would start from nothing. */
    private RetryRule afterSilence(OperationClass operation, boolean elsewhere) {
        return switch (operation) {
            case READ -> RetryRule.RETRY;
            case EMBED -> elsewhere ? RetryRule.RETRY : RetryRule.RETRY_ONCE;
            case GENERATE -> mayGenerateAgain(elsewhere);
            case MANAGE -> RetryRule.NOT_SAFE;
        };
    }

    private RetryRule afterFailureInAnswer(OperationClass operation, boolean elsewhere) {
        return switch (operation) {
            case READ, EMBED -> RetryRule.RETRY_ONCE;
            case GENERATE -> mayGenerateAgain(elsewhere);
            case MANAGE -> RetryRule.NOT_SAFE;
        };
    }

    private RetryRule mayGenerateAgain(boolean elsewhere) {
        return elsewhere && replay == GenerationReplay.ALWAYS ? RetryRule.RETRY : RetryRule.NOT_SAFE;
    }

    private static boolean notConnected(@Nullable CallProgress progress) {
        return progress != null
                && switch (progress.phase()) {
                    case LEASE, CONNECT, TLS -> true;
                    case SEND, HEAD, BODY, CALL -> false;
                };
    }

    private static boolean incomplete(@Nullable CallProgress progress) {
        return progress != null
                && !progress.responseStarted()
                && progress.bytesWritten() >= 0
                && progress.bytesWritten() < progress.bytesToWrite();
    }
}
