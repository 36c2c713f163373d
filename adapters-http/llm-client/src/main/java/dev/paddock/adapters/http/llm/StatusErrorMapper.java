package dev.paddock.adapters.http.llm;

import dev.paddock.domain.error.AuthenticationException;
import dev.paddock.domain.error.ErrorFacts;
import dev.paddock.domain.error.InvalidRequestException;
import dev.paddock.domain.error.LlmException;
import dev.paddock.domain.error.ModelNotFoundException;
import dev.paddock.domain.error.RateLimitedException;
import dev.paddock.domain.error.ServerBusyException;
import dev.paddock.domain.error.ServerFailedException;
import dev.paddock.domain.error.OllamaErrors;
import dev.paddock.domain.exchange.ExchangeHead;
import dev.paddock.domain.exchange.ExchangeRequest;
import dev.paddock.domain.exchange.RetryAfter;

/** The one table from statuses to failures. Where Ollama's status says less than its text, the text decides. */
final class StatusErrorMapper {

    private StatusErrorMapper() {}

    /**
     * Returns the failure that an answer with a status other than 2xx means.
     *
     * @param text the server's words, empty when it has none
     */
    static LlmException map(ExchangeRequest request, ExchangeHead head, String text) {
        ErrorFacts facts = ExchangeCaller.complete(ErrorFacts.NONE, head).withRetryAfter(RetryAfter.of(head.headers()));
        int status = head.status();
        String words = words(status, text);
        return switch (status) {
            case 401 -> new AuthenticationException("the server wants to know who calls" + words, facts);
            case 403 -> new AuthenticationException(forbidden(text, words), facts);
            case 404 -> notFound(request, text, facts);
            case 405 -> new InvalidRequestException(
                    "the server takes no " + request + words + "; is it a model server, and new enough?", facts);
            case 408, 499 -> new ServerFailedException("the server gave the request up" + words, facts);
            case 413 -> new InvalidRequestException("the request is too large for the server" + words, facts);
            case 429 -> new RateLimitedException("the server limits the rate of requests" + words, facts);
            case 501 -> new InvalidRequestException("the server cannot do this" + words, facts);
            case 503, 529 -> new ServerBusyException("the server is busy" + words, facts);
            default -> byClass(request, head, new ErrorDetails(text, words, facts));
        };
    }

    private static LlmException byClass(ExchangeRequest request, ExchangeHead head, ErrorDetails refusal) {
        if (head.status() < 400) {
            return new InvalidRequestException(
                    "the server redirects" + RedirectTarget.of(head.headers())
                            + ", which is not followed: put the right address into the base URL (status "
                            + head.status()
                            + ")",
                    refusal.facts());
        }
        boolean isFault = head.status() >= 500
                ? !OllamaErrors.isClientError(refusal.text())
                : OllamaErrors.isRunnerCrash(request.operation(), refusal.text());
        return isFault
                ? new ServerFailedException("the server failed" + refusal.words(), refusal.facts())
                : new InvalidRequestException("the server refused the request" + refusal.words(), refusal.facts());
    }

    private static LlmException notFound(ExchangeRequest request, String text, ErrorFacts facts) {
        String model = request.model();
        if (model != null && OllamaErrors.isModelMissing(text)) {
            return new ModelNotFoundException(model, "the server does not have the model" + words(404, text), facts);
        }
        return new InvalidRequestException(
                "nothing answers at " + request.target() + words(404, text)
                        + "; is the base URL, with its path, that of a model server?",
                facts);
    }

    private static String forbidden(String text, String words) {
        return text.isEmpty()
                ? "the server refused this caller without a word (status 403): Ollama does so when it does not allow"
                        + " the host name in the URL, or the Origin (OLLAMA_HOST, OLLAMA_ORIGINS)"
                : "the server refused this caller" + words;
    }

    private static String words(int status, String text) {
        return text.isEmpty() ? " (status " + status + ")" : " (status " + status + "): " + text;
    }

    /**
     * What is known about an answer that was refused: the server's words, the same as the end of a message, the facts.
     */
    private record ErrorDetails(String text, String words, ErrorFacts facts) {}
}
