package dev.paddock.adapters.http.wire.ollama;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.paddock.adapters.http.wire.json.QuotaErrors;
import dev.paddock.domain.error.GenerationFailedException;
import dev.paddock.domain.exchange.AnswerClassifier;
import dev.paddock.domain.exchange.AnswerVerdict;
import dev.paddock.domain.exchange.ExchangeHead;
import dev.paddock.domain.exchange.ExchangeRequest;
import dev.paddock.domain.exchange.OperationClass;
import dev.paddock.domain.exchange.RetryAfter;
import java.util.Objects;

/**
 * Determines what the answers of Ollama's server mean, in each API that it offers. Where the status is ambiguous, the text of the body
 * decides.
 */
public enum OllamaAnswerClassifier implements AnswerClassifier {
    /** The only instance. */
    INSTANCE;

    @Override
    public AnswerVerdict classify(ExchangeRequest request, ExchangeHead head, byte[] body) {
        AnswerVerdict byStatus = AnswerVerdict.ofStatus(head.status());
        return switch (byStatus) {
            case CLIENT_ERROR -> head.status() == 400 && OllamaErrors.isRunnerCrash(request.operation(), text(body))
                    ? failed(request)
                    : byStatus;
            case NOT_FOUND ->
                request.model() != null && OllamaErrors.isModelMissing(text(body)) ? AnswerVerdict.MODEL_MISSING : byStatus;
            case RATE_LIMITED -> QuotaErrors.isQuotaExhausted(body, RetryAfter.of(head.headers()) != null)
                    ? AnswerVerdict.QUOTA_EXHAUSTED
                    : byStatus;
            case SERVER_FAILED -> head.status() == 500 && OllamaErrors.isClientError(text(body))
                    ? AnswerVerdict.CLIENT_ERROR
                    : failed(request);
            case UNAVAILABLE -> ErrorPages.isOfProxy(body) ? byStatus : failed(request);
            case BUSY -> head.status() == 503 && ErrorPages.reportsMissingServer(body) ? AnswerVerdict.UNAVAILABLE : byStatus;
            default -> byStatus;
        };
    }

    @Override
    public AnswerVerdict classifyFailure(ExchangeRequest request, GenerationFailedException failure) {
        String message = Objects.requireNonNullElse(failure.getMessage(), "");
        if (OllamaErrors.isClientError(message)) {
            return AnswerVerdict.CLIENT_ERROR;
        }
        GenerationFailedException.Report report = failure.report();
        Integer status = report == null ? null : report.status();
        AnswerVerdict byStatus = status == null ? AnswerVerdict.SERVER_FAILED : AnswerVerdict.ofStatus(status);
        if (byStatus != AnswerVerdict.SERVER_FAILED) {
            return byStatus;
        }
        OperationClass operation = request.operation().operationClass();
        boolean runsModel = operation == OperationClass.GENERATE || operation == OperationClass.EMBED;
        return runsModel ? failed(request) : AnswerVerdict.SERVER_FAILED;
    }

    /** A server that answers is running: if the request names a model, the failure is the model's. */
    private static AnswerVerdict failed(ExchangeRequest request) {
        return request.model() == null ? AnswerVerdict.SERVER_FAILED : AnswerVerdict.MODEL_FAILED;
    }

    private static String text(byte[] body) {
        return new String(body, UTF_8);
    }
}
