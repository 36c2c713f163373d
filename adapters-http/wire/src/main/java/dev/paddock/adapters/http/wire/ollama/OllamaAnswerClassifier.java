package dev.paddock.adapters.http.wire.ollama;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.paddock.adapters.http.wire.json.MissingModelErrors;
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
 * Determines what the answers of model servers mean: of Ollama's, in each API that it offers, and of others that speak the API of OpenAI.
 * Where the status is ambiguous, the body decides.
 */
public enum OllamaAnswerClassifier implements AnswerClassifier {
    /** The only instance. */
    INSTANCE;

    @Override
    public AnswerVerdict classify(ExchangeRequest request, ExchangeHead head, byte[] body) {
        AnswerVerdict byStatus = AnswerVerdict.ofStatus(head.status());
        return switch (byStatus) {
            case CLIENT_ERROR, NOT_FOUND -> ofRefusal(request, head.status(), body, byStatus);
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

    private static AnswerVerdict ofRefusal(ExchangeRequest request, int status, byte[] body, AnswerVerdict byStatus) {
        if (status == 400 && OllamaErrors.isRunnerCrash(request.operation(), text(body))) {
            return failed(request);
        }
        boolean isMissing = request.model() != null && MissingModelErrors.isMissing(status, request.model(), body);
        return isMissing ? AnswerVerdict.MODEL_MISSING : byStatus;
    }

    @Override
    public AnswerVerdict classifyFailure(ExchangeRequest request, GenerationFailedException failure) {
        GenerationFailedException.Report report = failure.report();
        String text = report == null ? Objects.requireNonNullElse(failure.getMessage(), "") : report.text();
        if (OllamaErrors.isClientError(text)) {
            return AnswerVerdict.CLIENT_ERROR;
        }
        Integer status = report == null ? null : report.status();
        AnswerVerdict byStatus = status == null ? AnswerVerdict.SERVER_FAILED : AnswerVerdict.ofStatus(status);
        if (report != null && status != null && (byStatus == AnswerVerdict.CLIENT_ERROR || byStatus == AnswerVerdict.NOT_FOUND)) {
            return ofRefusal(request, status, report.text().getBytes(UTF_8), byStatus);
        }
        if (byStatus != AnswerVerdict.SERVER_FAILED) {
            return byStatus;
        }
        OperationClass operation = request.operation().operationClass();
        boolean runsModel = operation.runsModel();
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
