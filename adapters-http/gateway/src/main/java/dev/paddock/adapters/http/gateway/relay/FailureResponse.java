package dev.paddock.adapters.http.gateway.relay;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.paddock.adapters.http.wire.json.ErrorBodyParser;
import dev.paddock.adapters.http.wire.json.QuotaErrors;
import dev.paddock.adapters.http.wire.json.ReportedError;
import dev.paddock.domain.error.BackendUnavailableException;
import dev.paddock.domain.error.GenerationFailedException;
import dev.paddock.domain.error.LlmException;
import dev.paddock.domain.error.MalformedResponseException;
import dev.paddock.domain.error.OverloadedException;
import dev.paddock.domain.exchange.CallPhase;
import dev.paddock.domain.exchange.CallProgress;
import dev.paddock.domain.exchange.Header;
import dev.paddock.domain.exchange.Headers;
import dev.paddock.domain.exchange.Operation;
import dev.paddock.domain.exchange.OperationClass;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The response to a client whose call has failed. Its sentences are the gateway's own, because those of the failure name the server; the
 * access log has the kind of the failure. Only an error message of the server itself is repeated.
 *
 * @param status the HTTP status
 * @param message the sentence
 * @param advice whether to retry
 * @param pause how long to wait before a retry
 * @param reported the error of the server, or null when it reported none
 */
public record FailureResponse(int status, String message, RetryAdvice advice, Duration pause, @Nullable ReportedError reported) {

    private static final int BAD_GATEWAY = 502;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int UNAVAILABLE = 503;
    private static final int GATEWAY_TIMEOUT = 504;
    private static final Duration SOON = Duration.ofSeconds(1);
    private static final Duration AFTER_RESTART = Duration.ofSeconds(2);

    private FailureResponse(int status, String message, RetryAdvice advice, Duration pause) {
        this(status, message, advice, pause, null);
    }

    /** Returns the response to a failure of the given operation. */
    public static FailureResponse of(LlmException failure, Operation operation) {
        RetryAdvice advice = afterSending(failure, operation);
        return switch (failure.kind()) {
            case INVALID_REQUEST -> new FailureResponse(400, "the request cannot be relayed", RetryAdvice.NONE, SOON);
            case AUTHENTICATION ->
                new FailureResponse(BAD_GATEWAY, "the model server does not accept the gateway", RetryAdvice.NEVER, SOON);
            case MODEL_NOT_FOUND -> new FailureResponse(404, "the model server does not have the model", RetryAdvice.NONE, SOON);
            case RATE_LIMITED -> later(429, "the rate limit of the model server is exceeded", failure, SOON);
            case SERVER_BUSY -> later(UNAVAILABLE, "the model server is busy", failure, SOON);
            case SERVER_FAILED -> new FailureResponse(BAD_GATEWAY, "the model server failed", advice, SOON);
            case GENERATION_FAILED -> reported(failure, advice);
            case BACKEND_UNAVAILABLE -> unavailable(failure);
            case CONNECTION_LOST ->
                new FailureResponse(BAD_GATEWAY, "the connection to the model server was lost", advice, SOON);
            case TRUNCATED_RESPONSE ->
                new FailureResponse(BAD_GATEWAY, "the response of the model server ended before it was complete", advice, SOON);
            case MALFORMED_RESPONSE ->
                new FailureResponse(BAD_GATEWAY, "the model server sent a malformed response" + reason(failure), advice, SOON);
            case TIMEOUT -> timeout(failure, advice);
            case POOL_EXHAUSTED -> later(UNAVAILABLE, "all connections to the model server are in use", failure, SOON);
            case OVERLOADED -> overloaded((OverloadedException) failure);
            case CIRCUIT_OPEN ->
                later(UNAVAILABLE, "the circuit of the model server is open after repeated failures", failure, SOON);
            case NOT_CACHED -> new FailureResponse(GATEWAY_TIMEOUT, "there is no stored response", RetryAdvice.NONE, SOON);
            case CANCELLED, CLIENT_CLOSED -> later(UNAVAILABLE, "the gateway is shutting down", failure, AFTER_RESTART);
        };
    }

    /** Returns the fields of the response: the advice, how long the request waited in the queue, and the server's name for it. */
    public Headers fields(LlmException failure, RandomGenerator random) {
        Headers fields = advice.fields(pause, random);
        if (failure instanceof OverloadedException overloaded) {
            Duration waited = overloaded.facts().elapsed();
            fields = fields.with(ForwardedHeaders.QUEUE_WAIT, Long.toString(waited == null ? 0 : waited.toMillis()));
        }
        String upstreamId = failure.facts().requestId();
        return upstreamId == null ? fields : fields.with(RequestId.UPSTREAM_FIELD, upstreamId);
    }

    private static String reason(LlmException failure) {
        return failure instanceof MalformedResponseException malformed && !malformed.reason().isEmpty() ? ": " + malformed.reason() : "";
    }

    private static FailureResponse unavailable(LlmException failure) {
        if (failure.facts().phase() == CallPhase.TLS) {
            String message = "no TLS connection to the model server could be established";
            return new FailureResponse(BAD_GATEWAY, message, RetryAdvice.NEVER, SOON);
        }
        if (failure instanceof BackendUnavailableException refused && refused.hop() == BackendUnavailableException.Hop.REFUSING_PROXY) {
            String message = "the proxy on the way to the model server refuses the connection";
            return new FailureResponse(BAD_GATEWAY, message, RetryAdvice.NEVER, SOON);
        }
        return later(UNAVAILABLE, "the model server cannot be reached", failure, SOON);
    }

    private static FailureResponse overloaded(OverloadedException failure) {
        Duration asked = failure.facts().retryAfter();
        int status = failure.isOwnShare() ? TOO_MANY_REQUESTS : UNAVAILABLE;
        // A request that has waited too long knows nothing about the wait of the next one.
        RetryAdvice advice = asked == null ? RetryAdvice.NONE : RetryAdvice.WHEN_SERVED;
        return new FailureResponse(status, String.valueOf(failure.getMessage()), advice, asked == null ? SOON : asked);
    }

    private static FailureResponse timeout(LlmException failure, RetryAdvice advice) {
        CallPhase phase = failure.facts().phase();
        if (phase == CallPhase.LEASE) {
            return later(UNAVAILABLE, "all connections to the model server are in use", failure, SOON);
        }
        String phaseText = phase == null ? "" : " (" + phase.description() + ")";
        return new FailureResponse(GATEWAY_TIMEOUT, "the model server took too long" + phaseText, advice, SOON);
    }

    private static FailureResponse later(int status, String message, LlmException failure, Duration usualWait) {
        Duration asked = failure.facts().retryAfter();
        return new FailureResponse(status, message, RetryAdvice.LATER, asked == null ? usualWait : asked);
    }

    /** Recommends no retry of an operation that was sent and must not be done twice. */
    private static RetryAdvice afterSending(LlmException failure, Operation operation) {
        if (operation.operationClass() == OperationClass.READ || operation.operationClass() == OperationClass.EMBED) {
            return failure.isRetryable() ? RetryAdvice.LATER : RetryAdvice.NONE;
        }
        CallProgress progress = failure.facts().progress();
        boolean nothingSent = progress != null && progress.bytesWritten() == 0 && !progress.responseStarted();
        return nothingSent && failure.isRetryable() ? RetryAdvice.LATER : RetryAdvice.NEVER;
    }

    /** Returns the server's own error, with the status that it states or means. */
    private static FailureResponse reported(LlmException failure, RetryAdvice advice) {
        String unknown = "the model server reported a failure";
        GenerationFailedException.Report report = failure instanceof GenerationFailedException generation ? generation.report() : null;
        if (report == null) {
            return new FailureResponse(500, unknown, advice, SOON);
        }
        byte[] text = report.text().getBytes(UTF_8);
        ReportedError error = ReportedError.find(text);
        Duration asked = failure.facts().retryAfter();
        int status = report.status() == null ? 500 : report.status();
        boolean isBusy = status == 503 || (status == 429 && !QuotaErrors.isQuotaExhausted(text, asked != null));
        return new FailureResponse(
                status,
                error == null ? ErrorBodyParser.message(text, unknown) : error.message(unknown),
                isBusy ? RetryAdvice.LATER : advice,
                asked == null ? SOON : asked,
                error);
    }

    /**
     * Whether and when a client should retry.
     *
     * <p>The clients of OpenAI and Anthropic obey {@code x-should-retry}; {@code Retry-After} (RFC 9110, section 10.2.3) is for all
     * clients. Waits get up to 25 % of jitter, so that clients that were refused together do not retry together.
     */
    public enum RetryAdvice {
        /** Retry later: the server has done nothing. */
        LATER,
        /** Retry when the queue will have room, which was measured: the wait is exact, and differs from client to client. */
        WHEN_SERVED,
        /** Do not retry automatically: the work is expensive and may be done. */
        NEVER,
        /** No advice beyond the status. */
        NONE;

        private static final Duration MAX_WAIT = Duration.ofSeconds(60);
        private static final double JITTER = 0.25;

        /** Returns the fields that give this advice. */
        Headers fields(Duration wait, RandomGenerator random) {
            return switch (this) {
                case LATER -> toHeaders(jittered(wait, random));
                case WHEN_SERVED -> toHeaders(wait.plusNanos(999_999_999).toSeconds());
                case NEVER -> Headers.of("x-should-retry", "false");
                case NONE -> Headers.EMPTY;
            };
        }

        private static Headers toHeaders(long seconds) {
            return new Headers(List.of(
                    new Header("Retry-After", Long.toString(Math.max(1, seconds))), new Header("x-should-retry", "true")));
        }

        /** Returns a number of seconds that is longer by chance. */
        private static long jittered(Duration wait, RandomGenerator random) {
            long millis = Math.clamp(wait.toMillis(), 1, MAX_WAIT.toMillis());
            double jittered = millis * (1 + JITTER * random.nextDouble());
            // The header has whole seconds only: the fraction becomes a probability.
            return (long) Math.floor(jittered / 1000 + random.nextDouble());
        }
    }
}
