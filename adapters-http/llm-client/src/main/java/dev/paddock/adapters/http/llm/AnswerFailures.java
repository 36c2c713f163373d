package dev.paddock.adapters.http.llm;

import dev.paddock.domain.error.AuthenticationException;
import dev.paddock.domain.error.ErrorFacts;
import dev.paddock.domain.error.InvalidRequestException;
import dev.paddock.domain.error.LlmException;
import dev.paddock.domain.error.ModelNotFoundException;
import dev.paddock.domain.error.RateLimitedException;
import dev.paddock.domain.error.ServerBusyException;
import dev.paddock.domain.error.ServerFailedException;
import dev.paddock.domain.exchange.AnswerVerdict;
import dev.paddock.domain.exchange.ExchangeHead;
import dev.paddock.domain.exchange.ExchangeRequest;
import dev.paddock.domain.exchange.Headers;
import dev.paddock.domain.exchange.RetryAfter;

/** Makes the typed failure for the verdict on an answer. */
final class AnswerFailures {

    private static final int LONGEST_ADDRESS = 200;

    private AnswerFailures() {}

    /**
     * Returns the failure for an answer whose status is no success.
     *
     * @param text the server's own error text, empty when it has none
     */
    static LlmException of(ExchangeRequest request, ExchangeHead head, AnswerVerdict verdict, String text) {
        ErrorFacts facts = ExchangeCaller.complete(ErrorFacts.NONE, head).withRetryAfter(RetryAfter.of(head.headers()));
        String details = " (status " + head.status() + ")" + (text.isEmpty() ? "" : ": " + text);
        return switch (verdict) {
            case AUTHENTICATION -> new AuthenticationException(notAccepted(head.status(), text, details), facts);
            case MODEL_MISSING -> new ModelNotFoundException(
                    request.model() == null ? "" : request.model(), "the server does not have the model" + details, facts);
            case NOT_FOUND -> new InvalidRequestException(
                    "nothing answers at " + request.target() + details
                            + "; is the base URL, with its path, that of a model server?",
                    facts);
            case REDIRECT -> new InvalidRequestException(
                    "the server redirects" + redirectTarget(head.headers())
                            + ", which is not followed: put the right address into the base URL (status " + head.status() + ")",
                    facts);
            case OK, CLIENT_ERROR -> new InvalidRequestException(refused(request, head.status(), details), facts);
            case RATE_LIMITED -> new RateLimitedException("the server limits the rate of requests" + details, facts);
            case QUOTA_EXHAUSTED -> new RateLimitedException("the quota of the caller is used up" + details, facts, true);
            case BUSY -> new ServerBusyException("the server cannot take the request now" + details, facts);
            case NOT_PROCESSED, REQUEST_CANCELLED ->
                new ServerFailedException("the server gave the request up" + details, facts);
            case UNAVAILABLE -> head.status() == 503
                    ? new ServerBusyException("the server is not available" + details, facts)
                    : new ServerFailedException("the server is not available" + details, facts);
            case MODEL_FAILED, SERVER_FAILED -> new ServerFailedException("the server failed" + details, facts);
        };
    }

    private static String notAccepted(int status, String text, String details) {
        if (status == 401) {
            return "the server requires authentication" + details;
        }
        return text.isEmpty()
                ? "the server refused this caller without a reason (status 403): Ollama does so when it does not allow"
                        + " the host name in the URL, or the Origin (OLLAMA_HOST, OLLAMA_ORIGINS)"
                : "the server refused this caller" + details;
    }

    private static String refused(ExchangeRequest request, int status, String details) {
        return switch (status) {
            case 405 -> "the server does not accept " + request + details + "; is it a model server, and new enough?";
            case 413 -> "the request is too large for the server" + details;
            case 501 -> "the server cannot do this" + details;
            default -> "the server refused the request" + details;
        };
    }

    /** Returns " to" and the address without credentials, query and fragment, which may be secret; empty when there is none. */
    private static String redirectTarget(Headers headers) {
        String location = headers.first("Location");
        if (location == null || location.isBlank()) {
            return "";
        }
        String address = location.strip().replaceFirst("[?#].*", "").replaceFirst("//[^/]*@", "//");
        String clean = address.replaceAll("[^\\x21-\\x7e]", "?");
        return " to " + (clean.length() <= LONGEST_ADDRESS ? clean : clean.substring(0, LONGEST_ADDRESS) + "...");
    }
}
