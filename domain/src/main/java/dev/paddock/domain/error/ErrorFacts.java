package dev.paddock.domain.error;

import static java.util.Objects.requireNonNull;

import dev.paddock.domain.exchange.BackendId;
import dev.paddock.domain.exchange.CallPhase;
import dev.paddock.domain.exchange.CallProgress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What is known about a failed call. Immutable; a fact that is not known is null, never a guess.
 *
 * @param status the HTTP status of the answer, or null when no head arrived
 * @param backend the server that was asked, or null when none was chosen
 * @param attempts how many times the call was tried, 0 when it never left the process
 * @param progress how far the last attempt had come, or null when the failure is not one of the connection
 * @param elapsed the time from the start of the call to its failure, or null
 * @param retryAfter how long the server asked to wait, or null when it did not say
 * @param textReceived the text that had arrived before the failure, empty when there was none
 * @param requestId the {@code X-Request-Id} of the answer, which finds the call in the logs of the server, or null
 */
public record ErrorFacts(
        @Nullable Integer status,
        @Nullable BackendId backend,
        int attempts,
        @Nullable CallProgress progress,
        @Nullable Duration elapsed,
        @Nullable Duration retryAfter,
        String textReceived,
        @Nullable String requestId) {

    /** Nothing is known. */
    public static final ErrorFacts NONE = new ErrorFacts(null, null, 0, null, null, null, "", null);

    public ErrorFacts {
        requireNonNull(textReceived, "textReceived");
    }

    /** Returns these facts with the given HTTP status. */
    public ErrorFacts withStatus(int newStatus) {
        return new ErrorFacts(newStatus, backend, attempts, progress, elapsed, retryAfter, textReceived, requestId);
    }

    /** Returns these facts with the given backend. */
    public ErrorFacts withBackend(BackendId newBackend) {
        return new ErrorFacts(status, newBackend, attempts, progress, elapsed, retryAfter, textReceived, requestId);
    }

    /** Returns these facts with the given number of attempts. */
    public ErrorFacts withAttempts(int newAttempts) {
        return new ErrorFacts(status, backend, newAttempts, progress, elapsed, retryAfter, textReceived, requestId);
    }

    /** Returns these facts with the given progress. */
    public ErrorFacts withProgress(CallProgress newProgress) {
        return new ErrorFacts(status, backend, attempts, newProgress, elapsed, retryAfter, textReceived, requestId);
    }

    /** Returns these facts with the given elapsed time. */
    public ErrorFacts withElapsed(Duration newElapsed) {
        return new ErrorFacts(status, backend, attempts, progress, newElapsed, retryAfter, textReceived, requestId);
    }

    /** Returns these facts with the given wait; null means that the server did not say. */
    public ErrorFacts withRetryAfter(@Nullable Duration newRetryAfter) {
        return new ErrorFacts(status, backend, attempts, progress, elapsed, newRetryAfter, textReceived, requestId);
    }

    /** Returns these facts with the given text. */
    public ErrorFacts withTextReceived(String newTextReceived) {
        return new ErrorFacts(status, backend, attempts, progress, elapsed, retryAfter, newTextReceived, requestId);
    }

    /** Returns these facts with the given id; null when the answer has none. */
    public ErrorFacts withRequestId(@Nullable String newRequestId) {
        return new ErrorFacts(status, backend, attempts, progress, elapsed, retryAfter, textReceived, newRequestId);
    }

    /** Returns where the call was when it failed, or null when the failure is not one of the connection. */
    public @Nullable CallPhase phase() {
        return progress == null ? null : progress.phase();
    }

    /** Returns the backend, fit for a sentence also when none is known. */
    String backendInWords() {
        return backend == null ? "the server" : backend.value();
    }
}
