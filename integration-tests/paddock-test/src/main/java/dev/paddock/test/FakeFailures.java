package dev.paddock.test;

import dev.paddock.domain.error.AuthenticationException;
import dev.paddock.domain.error.ErrorFacts;
import dev.paddock.domain.error.InvalidRequestException;
import dev.paddock.domain.error.LlmException;
import dev.paddock.domain.error.ModelNotFoundException;
import dev.paddock.domain.error.RateLimitedException;
import dev.paddock.domain.error.ServerBusyException;
import dev.paddock.domain.error.ServerFailedException;
import dev.paddock.domain.exchange.AnswerVerdict;
import dev.paddock.domain.exchange.Header;
import dev.paddock.domain.exchange.Headers;
import dev.paddock.domain.exchange.RetryAfter;
import dev.paddock.test.StubAnswer.Refusal;
import java.util.Locale;

/** The failures that a client makes of an error status. */
final class FakeFailures {

    private FakeFailures() {}

    static LlmException of(Refusal refusal, String model, ErrorFacts known) {
        Headers headers = new Headers(refusal.headers().entrySet().stream().map(field -> new Header(field.getKey(), field.getValue())).toList());
        ErrorFacts facts = known.withStatus(refusal.status()).withRetryAfter(RetryAfter.of(headers));
        String details = " (status " + refusal.status() + "): " + refusal.message();
        return switch (AnswerVerdict.ofStatus(refusal.status())) {
            case AUTHENTICATION -> new AuthenticationException("the server refused this caller" + details, facts);
            case NOT_FOUND, MODEL_MISSING -> refusal.message().toLowerCase(Locale.ROOT).contains("model")
                    ? new ModelNotFoundException(model, "the server does not have the model" + details, facts)
                    : new InvalidRequestException("nothing answers here" + details, facts);
            case RATE_LIMITED, QUOTA_EXHAUSTED -> new RateLimitedException("the server limits the rate of requests" + details, facts);
            case BUSY -> new ServerBusyException("the server cannot take the request now" + details, facts);
            case OK, REDIRECT, CLIENT_ERROR -> new InvalidRequestException("the server refused the request" + details, facts);
            case NOT_PROCESSED, REQUEST_CANCELLED, MODEL_FAILED, SERVER_FAILED, UNAVAILABLE ->
                new ServerFailedException("the server failed" + details, facts);
        };
    }
}
