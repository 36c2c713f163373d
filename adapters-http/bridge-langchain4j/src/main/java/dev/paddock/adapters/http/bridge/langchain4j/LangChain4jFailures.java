package dev.paddock.adapters.http.bridge.langchain4j;

import dev.langchain4j.exception.LangChain4jException;
import dev.langchain4j.exception.NonRetriableException;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.exception.TimeoutException;
import dev.paddock.domain.error.AuthenticationException;
import dev.paddock.domain.error.InvalidRequestException;
import dev.paddock.domain.error.LlmException;
import dev.paddock.domain.error.LlmTimeoutException;
import dev.paddock.domain.error.ModelNotFoundException;
import dev.paddock.domain.error.RateLimitedException;
import java.io.IOException;

/**
 * Failures as LangChain4j's exceptions, with the failure as the cause. Most of them are not to be retried by LangChain4j: Paddock has done
 * so as far as its budget allows, and retries of retries would multiply the load of a failing server.
 */
final class LangChain4jFailures {

    private LangChain4jFailures() {}

    static LangChain4jException of(LlmException failure) {
        return switch (failure) {
            case LlmTimeoutException timeout -> new TimeoutException(failure);
            case RateLimitedException limited -> new RateLimitException(failure);
            case ModelNotFoundException missing -> new dev.langchain4j.exception.ModelNotFoundException(failure);
            case AuthenticationException refused -> new dev.langchain4j.exception.AuthenticationException(failure);
            case InvalidRequestException invalid -> new dev.langchain4j.exception.InvalidRequestException(failure);
            default -> new NonRetriableException(failure);
        };
    }

    /** Returns the exception for a body that broke off. */
    static LangChain4jException of(IOException failure) {
        return failure.getCause() instanceof LlmException reason ? of(reason) : new NonRetriableException(failure);
    }
}
