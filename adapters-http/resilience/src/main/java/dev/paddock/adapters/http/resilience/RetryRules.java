package dev.paddock.adapters.http.resilience;

import dev.paddock.adapters.http.resilience.RetryingCall.AttemptResult;
import dev.paddock.domain.error.ErrorKind;
import dev.paddock.domain.exchange.Exchange;
import dev.paddock.domain.exchange.ExchangeHead;
import dev.paddock.domain.exchange.ExchangeRequest;
import dev.paddock.domain.exchange.Headers;
import dev.paddock.domain.exchange.OperationClass;
import dev.paddock.domain.exchange.RetryAfter;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The rules for retries of one request. Immutable. */
final class RetryRules {

    private static final Pattern COUNT = Pattern.compile("0*[1-9][0-9]{0,9}");
    private static final int SERVER_ERROR = 500;
    private static final int UNAVAILABLE = 503;
    private static final int COST = 1;
    /** An attempt that ran out of time has kept the server busy for long. */
    private static final int COST_AFTER_TIMEOUT = 2;

    private final FailureRetryRules failures;
    private final GenerationReplay replay;
    private final OperationClass operation;
    private final boolean callerRetries;

    RetryRules(ExchangeRequest request, GenerationReplay replay) {
        this.failures = new FailureRetryRules(replay);
        this.replay = replay;
        this.operation = operationClass(request);
        this.callerRetries = operation == OperationClass.GENERATE && isRetryOfCaller(request.headers());
    }

    /**
     * Returns the verdict on the result of an attempt.
     *
     * @param elsewhere whether the next attempt would be sent to another server
     */
    RetryVerdict verdict(AttemptResult result, boolean elsewhere) {
        return switch (result) {
            case AttemptResult.AnsweredAttempt(Exchange exchange) ->
                new RetryVerdict(
                        leftToCaller(afterAnswer(exchange)),
                        COST,
                        RetryAfter.of(exchange.head().headers()));
            case AttemptResult.FailedAttempt failed ->
                new RetryVerdict(
                        leftToCaller(failures.ruleFor(operation, failed.failure(), elsewhere)),
                        failed.failure().kind() == ErrorKind.TIMEOUT ? COST_AFTER_TIMEOUT : COST,
                        null);
        };
    }

    boolean metStaleConnection(AttemptResult result) {
        return !callerRetries
                && result instanceof AttemptResult.FailedAttempt failed
                && failures.metStaleConnection(operation, failed.failure());
    }

    private RetryRule leftToCaller(RetryRule rule) {
        return switch (rule) {
            case RETRY, RETRY_ONCE -> callerRetries ? RetryRule.CLIENT_RETRIES : rule;
            case FINAL, NOT_SAFE, CLIENT_RETRIES, NOT_RETRYABLE -> rule;
        };
    }

    /** The SDKs of OpenAI count their own retries in a header; the first attempt has 0 there. */
    private static boolean isRetryOfCaller(Headers headers) {
        String count = headers.first("X-Stainless-Retry-Count");
        return count != null && COUNT.matcher(count.strip()).matches();
    }

    private RetryRule afterAnswer(Exchange exchange) {
        ExchangeHead head = exchange.head();
        RetryRule rule =
                switch (exchange.verdict()) {
                    case OK, REDIRECT, AUTHENTICATION, NOT_FOUND, MODEL_MISSING, REQUEST_CANCELLED -> RetryRule.FINAL;
                    // Such a status calls for a retry, but the body of the answer does not.
                    case CLIENT_ERROR -> head.status() == SERVER_ERROR ? RetryRule.NOT_RETRYABLE : RetryRule.FINAL;
                    case NOT_PROCESSED -> RetryRule.RETRY_ONCE;
                    case QUOTA_EXHAUSTED -> RetryRule.NOT_RETRYABLE;
                    case RATE_LIMITED, BUSY -> RetryRule.RETRY;
                    case MODEL_FAILED, SERVER_FAILED -> afterFailure(head);
                    // With 503 the request was passed to no server.
                    case UNAVAILABLE -> head.status() == UNAVAILABLE ? RetryRule.RETRY : afterFailure(head);
                };
        if (rule == RetryRule.FINAL || rule == RetryRule.NOT_RETRYABLE) {
            return rule;
        }
        if (operation == OperationClass.MANAGE) {
            return RetryRule.NOT_SAFE;
        }
        // The SDKs of OpenAI obey this header, and gateways send it.
        return "false".equalsIgnoreCase(head.headers().first("x-should-retry")) ? RetryRule.NOT_RETRYABLE : rule;
    }

    /** A server that answers with a failure may have generated, and charged for it, before it failed. */
    private RetryRule afterFailure(ExchangeHead head) {
        boolean mayHaveGenerated = operation == OperationClass.GENERATE && head.status() >= SERVER_ERROR;
        return mayHaveGenerated && replay != GenerationReplay.ALWAYS ? RetryRule.NOT_SAFE : RetryRule.RETRY;
    }

    /** Requests that read or compute use GET or POST; any other method changes the server, whatever its path. */
    private static OperationClass operationClass(ExchangeRequest request) {
        return switch (request.method()) {
            case "GET", "HEAD", "POST" -> request.operation().operationClass();
            default -> OperationClass.MANAGE;
        };
    }

    /**
     * The verdict on a retry.
     *
     * @param rule whether it may follow
     * @param cost its cost, in retries of the budget
     * @param askedWait how long the server asks to wait, or null when it does not say
     */
    record RetryVerdict(RetryRule rule, int cost, @Nullable Duration askedWait) {}
}
