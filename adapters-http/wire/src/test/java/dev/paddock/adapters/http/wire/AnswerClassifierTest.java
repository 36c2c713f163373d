package dev.paddock.adapters.http.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.adapters.http.wire.ollama.OllamaDialect;
import dev.paddock.adapters.http.wire.openai.OpenAiDialect;
import dev.paddock.domain.error.ErrorFacts;
import dev.paddock.domain.error.GenerationFailedException;
import dev.paddock.domain.exchange.AnswerVerdict;
import dev.paddock.domain.exchange.BackendId;
import dev.paddock.domain.exchange.ExchangeHead;
import dev.paddock.domain.exchange.ExchangeRequest;
import dev.paddock.domain.exchange.Framing;
import dev.paddock.domain.exchange.Headers;
import dev.paddock.domain.exchange.Operation;
import dev.paddock.domain.exchange.Provenance;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnswerClassifierTest {

    // The model is the one that the request names; both dialects agree.
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "CHAT  | m | 200 |                                                                 | OK",
        "CHAT  | m | 400 | {\"error\":\"model runner has unexpectedly stopped\"}             | CLIENT_ERROR",
        "EMBED | m | 400 | {\"error\":\"model runner has unexpectedly stopped\"}             | MODEL_FAILED",
        "EMBED |   | 400 | {\"error\":\"model runner has unexpectedly stopped\"}             | SERVER_FAILED",
        "EMBED | m | 400 | {\"error\":\"invalid input type\"}                                | CLIENT_ERROR",
        "CHAT  | m | 404 | {\"error\":\"model 'm' not found\"}                               | MODEL_MISSING",
        "CHAT  | m | 404 | {\"error\":{\"message\":\"The model `m` does not exist.\"}}       | MODEL_MISSING",
        "CHAT  | m | 404 | 404 page not found                                              | NOT_FOUND",
        "CHAT  | m | 404 |                                                                 | NOT_FOUND",
        "OTHER |   | 404 | {\"error\":\"model 'm' not found\"}                               | NOT_FOUND",
        "CHAT  | m | 405 | x                                                               | CLIENT_ERROR",
        "CHAT  | m | 408 | x                                                               | NOT_PROCESSED",
        "CHAT  | m | 429 | x                                                               | RATE_LIMITED",
        "CHAT  | m | 429 | {\"error\":{\"message\":\"slow down\",\"code\":\"rate_limit_exceeded\"}} | RATE_LIMITED",
        "CHAT  | m | 429 | {\"error\":{\"type\":\"tokens\",\"code\":null}}               | RATE_LIMITED",
        "CHAT  | m | 429 | {\"error\":{\"code\":\"insufficient_quota\"}}                  | QUOTA_EXHAUSTED",
        "CHAT  | m | 429 | {\"error\":{\"type\":\"insufficient_quota\",\"code\":429}}      | QUOTA_EXHAUSTED",
        "CHAT  | m | 429 | {\"error\":{\"code\":\"billing_hard_limit_reached\"}}          | QUOTA_EXHAUSTED",
        "CHAT  | m | 429 | {\"error\":{\"type\":\"exceeded_current_quota_error\"}}        | QUOTA_EXHAUSTED",
        "EMBED | m | 429 | {\"code\":\"Insufficient Balance\",\"message\":\"x\"}            | QUOTA_EXHAUSTED",
        "CHAT  | m | 429 | {\"error\":{\"code\":\"quota_exceeded\"}}                      | QUOTA_EXHAUSTED",
        "CHAT  | m | 503 | {\"error\":{\"code\":\"insufficient_quota\"}}                  | BUSY",
        "CHAT  | m | 500 | {\"error\":\"model runner has unexpectedly stopped\"}             | MODEL_FAILED",
        "CHAT  | m | 500 | {\"error\":\"option \\\"x\\\" must be of type array\"}          | CLIENT_ERROR",
        "CHAT  | m | 500 | {\"error\":\"invalid format: \\\"x\\\"\"}                      | CLIENT_ERROR",
        "CHAT  | m | 500 | it had an invalid format: no                                    | MODEL_FAILED",
        "OTHER |   | 500 | x                                                               | SERVER_FAILED",
        "CHAT  | m | 502 | option \"x\" must be of type array                                | UNAVAILABLE",
        "CHAT  | m | 502 |                                                                 | UNAVAILABLE",
        "CHAT  | m | 502 | <html><title>502 Bad Gateway</title></html>                     | UNAVAILABLE",
        "CHAT  | m | 502 | {\"error\":\"upstream unreachable\"}                           | MODEL_FAILED",
        "OTHER |   | 502 | [{\"error\":\"no internet\"}]                                | SERVER_FAILED",
        "CHAT  | m | 503 | <html><h1>503 Service Unavailable</h1>                          | UNAVAILABLE",
        "CHAT  | m | 503 | no healthy upstream                                             | UNAVAILABLE",
        "CHAT  | m | 503 | {\"error\":{\"message\":\"Loading model <upstream>\"}}       | BUSY",
        "CHAT  | m | 503 | server busy, please try again.  maximum pending requests        | BUSY",
        "CHAT  | m | 503 |                                                                 | BUSY",
        "CHAT  | m | 529 | <html>                                                          | BUSY",
        "CHAT  | m | 503 | x                                                               | BUSY",
        "CHAT  | m | 504 | x                                                               | UNAVAILABLE",
        "CHAT  | m | 504 | {\"detail\":\"the model did not answer in time\"}              | MODEL_FAILED",
    })
    void classify_answer_isWhatItMeans(Operation operation, String model, int status, String body, AnswerVerdict expected) {
        for (Dialect dialect : List.of(new OllamaDialect(), new OpenAiDialect())) {
            assertThat(classify(dialect, operation, model, status, body)).as(dialect.name()).isEqualTo(expected);
        }
    }

    /** The model of the request is "llama3:8b". */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "404 | {\"error\":{\"code\":\"model_not_found\",\"message\":\"no m\"}}                                       | MODEL_MISSING",
        "400 | {\"error\":{\"code\":\"model_not_found\",\"message\":\"no m\"}}                                       | MODEL_MISSING",
        "403 | {\"error\":{\"code\":\"model_not_found\",\"message\":\"no m\"}}                                       | AUTHENTICATION",
        "404 | {\"error\":{\"message\":\"Modell nicht gefunden\",\"type\":\"NotFoundError\",\"param\":null,\"code\":404}} | MODEL_MISSING",
        "404 | {\"object\":\"error\",\"message\":\"nicht da\",\"type\":\"NotFoundError\",\"code\":404}               | MODEL_MISSING",
        "404 | {\"error\":{\"message\":\"Modell llama3:8b unbekannt\"}}                                          | MODEL_MISSING",
        "404 | {\"error\":\"le modele 'llama3' est introuvable\"}                                                | MODEL_MISSING",
        "404 | {\"error\":{\"message\":\"not here\",\"param\":\"model\"}}                                         | MODEL_MISSING",
        "404 | {\"error\":{\"code\":\"DeploymentNotFound\",\"message\":\"The API deployment is not there.\"}}          | MODEL_MISSING",
        "404 | {\"type\":\"error\",\"error\":{\"type\":\"not_found_error\",\"message\":\"model: llama3:8b\"}}            | MODEL_MISSING",
        "400 | {\"object\":\"error\",\"message\":\"Invalid model\",\"type\":\"invalid_model\",\"code\":\"1500\"}          | MODEL_MISSING",
        "400 | {\"error\":{\"message\":\"llama3:8b cannot do this\",\"param\":\"model\"}}                            | CLIENT_ERROR",
        "404 | {\"error\":{\"code\":404,\"message\":\"File Not Found\",\"type\":\"not_found_error\"}}                | NOT_FOUND",
        "404 | {\"error\":{\"message\":\"Invalid URL (POST /v1/chat)\",\"type\":\"invalid_request_error\"}}         | NOT_FOUND",
        "404 | {\"detail\":\"Not Found\"}                                                                      | NOT_FOUND",
        "404 | {\"error\":{\"code\":null,\"message\":\"no m\"}}                                                    | NOT_FOUND",
        "404 | {\"error\":{\"code\":\"model_not_                                                             | NOT_FOUND",
        "404 | {\"error\":\"xllama3 is another one\"}                                                            | NOT_FOUND",
    })
    void classify_modelThatTheServerDoesNotHave_isRecognisedInAnyLanguage(int status, String body, AnswerVerdict expected) {
        for (Dialect dialect : List.of(new OllamaDialect(), new OpenAiDialect())) {
            assertThat(classify(dialect, Operation.CHAT, "llama3:8b", status, body)).as(dialect.name()).isEqualTo(expected);
            assertThat(classify(dialect, Operation.CHAT, null, status, body)).isNotEqualTo(AnswerVerdict.MODEL_MISSING);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "404 | {\"error\":{\"code\":\"model_not_found\",\"message\":\"boom\"}} | MODEL_MISSING",
        "400 | {\"error\":{\"code\":400,\"message\":\"boom\"}}               | CLIENT_ERROR",
        "429 | {\"error\":{\"code\":429,\"message\":\"boom\"}}               | RATE_LIMITED",
        "500 | {\"error\":{\"code\":500,\"message\":\"boom\"}}               | MODEL_FAILED",
    })
    void classifyFailure_statusInTheReport_decides(int status, String report, AnswerVerdict expected) {
        GenerationFailedException failure = new GenerationFailedException(
                "boom", ErrorFacts.NONE, new GenerationFailedException.Report(report, status, null));

        assertThat(new OpenAiDialect().answers().classifyFailure(request(Operation.CHAT, "m"), failure)).isEqualTo(expected);
        GenerationFailedException format = new GenerationFailedException(
                "http://h failed: invalid format: x",
                ErrorFacts.NONE,
                new GenerationFailedException.Report("{\"error\":\"invalid format: x\"}", null, null));
        assertThat(new OllamaDialect().answers().classifyFailure(request(Operation.CHAT, "m"), format))
                .isEqualTo(AnswerVerdict.CLIENT_ERROR);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "CHAT       | m | the runner has stopped | MODEL_FAILED",
        "EMBED      | m | the runner has stopped | MODEL_FAILED",
        "CHAT       |   | the runner has stopped | SERVER_FAILED",
        "PULL_MODEL | m | pull model manifest    | SERVER_FAILED",
        "CHAT       | m | invalid format: x      | CLIENT_ERROR",
    })
    void classifyFailure_failureInsideAnAnswer_isWhatItMeans(
            Operation operation, String model, String message, AnswerVerdict expected) {
        for (Dialect dialect : List.of(new OllamaDialect(), new OpenAiDialect())) {
            assertThat(dialect.answers().classifyFailure(
                            request(operation, model), new GenerationFailedException(message, ErrorFacts.NONE))).isEqualTo(expected);
        }
    }

    private static AnswerVerdict classify(Dialect dialect, Operation operation, String model, int status, String body) {
        ExchangeHead head = new ExchangeHead(
                status, Headers.EMPTY, Framing.DOCUMENT, Provenance.of(new BackendId("http://h:1"), 1, false));
        byte[] bytes = body == null ? new byte[0] : body.getBytes(UTF_8);
        return dialect.answers().classify(request(operation, model), head, bytes);
    }

    private static ExchangeRequest request(Operation operation, String model) {
        ExchangeRequest request = ExchangeRequest.post(operation, "/x", new byte[0]);
        return model == null ? request : request.withModel(model);
    }
}
