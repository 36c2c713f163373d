package dev.paddock.adapters.http.llm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.adapters.http.wire.ollama.OllamaDialect;
import dev.paddock.domain.error.AuthenticationException;
import dev.paddock.domain.error.InvalidRequestException;
import dev.paddock.domain.error.LlmException;
import dev.paddock.domain.error.ModelNotFoundException;
import dev.paddock.domain.error.RateLimitedException;
import dev.paddock.domain.error.ServerBusyException;
import dev.paddock.domain.error.ServerFailedException;
import dev.paddock.domain.exchange.AnswerVerdict;
import dev.paddock.domain.exchange.BackendId;
import dev.paddock.domain.exchange.ExchangeHead;
import dev.paddock.domain.exchange.ExchangeRequest;
import dev.paddock.domain.exchange.Framing;
import dev.paddock.domain.exchange.Headers;
import dev.paddock.domain.exchange.Operation;
import dev.paddock.domain.exchange.Provenance;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class AnswerFailuresTest {

    private static final ExchangeRequest CHAT =
            ExchangeRequest.post(Operation.CHAT, "/api/chat", new byte[0]).withModel("llama3");
    private static final ExchangeRequest EMBED =
            ExchangeRequest.post(Operation.EMBED, "/api/embed", new byte[0]).withModel("llama3");
    private static final ExchangeRequest TAGS = ExchangeRequest.get(Operation.LIST_MODELS, "/api/tags");

    static Stream<Arguments> table() {
        return Stream.of(
                row(CHAT, 400, "[] is too short - 'messages'", InvalidRequestException.class, "too short"),
                row(CHAT, 400, "\"x\" does not support chat", InvalidRequestException.class, "does not support chat"),
                row(CHAT, 401, "unauthorized", AuthenticationException.class, "unauthorized"),
                row(CHAT, 402, "", InvalidRequestException.class, "(status 402)"),
                row(CHAT, 403, "", AuthenticationException.class, "OLLAMA_ORIGINS"),
                row(CHAT, 403, "ollama cloud is disabled", AuthenticationException.class, "cloud is disabled"),
                row(CHAT, 404, "model 'llama3' not found", ModelNotFoundException.class, "model 'llama3' not found"),
                row(EMBED, 404, "model \"llama3\" not found, try pulling it first", ModelNotFoundException.class,
                        "pulling"),
                row(CHAT, 404, "The model `llama3` does not exist.", ModelNotFoundException.class, "does not exist"),
                row(CHAT, 404, "404 page not found", InvalidRequestException.class, "is the base URL"),
                row(CHAT, 404, "Not Found", InvalidRequestException.class, "/api/chat"),
                row(CHAT, 404, "", InvalidRequestException.class, "is the base URL"),
                row(TAGS, 404, "model registry not found", InvalidRequestException.class, "/api/tags"),
                row(CHAT, 405, "405 method not allowed", InvalidRequestException.class, "POST /api/chat"),
                row(CHAT, 408, "", ServerFailedException.class, "gave the request up"),
                row(CHAT, 413, "", InvalidRequestException.class, "too large"),
                row(CHAT, 422, "bad", InvalidRequestException.class, "bad"),
                row(CHAT, 429, "slow down", RateLimitedException.class, "slow down"),
                row(CHAT, 499, "request canceled", ServerFailedException.class, "request canceled"),
                row(CHAT, 500, "", ServerFailedException.class, "the server failed (status 500)"),
                row(CHAT, 500, "model runner has unexpectedly stopped, ...", ServerFailedException.class, "stopped"),
                row(CHAT, 500, "option \"temperature\" must be of type float32", InvalidRequestException.class,
                        "float32"),
                row(CHAT, 500, "invalid format: \"xml\"; expected", InvalidRequestException.class, "invalid format"),
                row(CHAT, 500, "it had an invalid format: no", ServerFailedException.class, "failed"),
                row(CHAT, 501, "", InvalidRequestException.class, "cannot do this"),
                row(CHAT, 502, "an HTML page with the title '502'", ServerFailedException.class, "502"),
                row(CHAT, 503, "server busy, please try again.  maximum pending requests exceeded",
                        ServerBusyException.class, "pending requests"),
                row(CHAT, 504, "", ServerFailedException.class, "504"),
                row(CHAT, 529, "overloaded", ServerBusyException.class, "overloaded"),
                row(CHAT, 599, "", ServerFailedException.class, "599"),
                row(EMBED, 400, "the input length exceeds the context length", InvalidRequestException.class,
                        "context"),
                row(EMBED, 400, "do embedding request: Post \"http://127.0.0.1:1/embedding\": EOF",
                        ServerFailedException.class, "EOF"),
                row(EMBED, 400, "model runner has unexpectedly stopped", ServerFailedException.class, "stopped"),
                row(EMBED, 400, "json: unsupported value: NaN", ServerFailedException.class, "NaN"),
                row(EMBED, 400, "invalid input type", InvalidRequestException.class, "invalid input type"),
                row(CHAT, 400, "unexpected EOF", InvalidRequestException.class, "unexpected EOF"));
    }

    @ParameterizedTest
    @MethodSource("table")
    void map_status_isTheFailureThatItMeans(
            ExchangeRequest request, int status, String text, Class<? extends LlmException> type, String words) {
        LlmException failure = map(request, head(status, Headers.EMPTY), text);

        assertThat(failure).isExactlyInstanceOf(type).hasMessageContaining(words);
        assertThat(failure.facts().status()).isEqualTo(status);
        assertThat(failure.facts().backend()).isEqualTo(new BackendId("http://h:1/base"));
        assertThat(failure.facts().attempts()).isEqualTo(3);
        assertThat(failure.facts().retryAfter()).isNull();
    }

    @Test
    void map_missingModel_isNamedAsTheCallerWroteIt() {
        LlmException failure = map(CHAT, head(404, Headers.EMPTY), "model 'llama3:latest' not found");

        assertThat(((ModelNotFoundException) failure).model()).isEqualTo("llama3");
        assertThat(failure.advice()).contains("ollama pull llama3");
    }

    @ParameterizedTest
    @CsvSource({
        "https://h/login?token=secret#secret, to https://h/login",
        "https://user:secret@h/x, to https://h/x",
        "/api/chat?secret, to /api/chat",
        "'',''"
    })
    void map_redirection_saysWhereToWithoutSecrets(String location, String expected) {
        LlmException failure = map(CHAT, head(307, Headers.of("location", location)), "");

        assertThat(failure)
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageStartingWith("the server redirects" + (expected.isEmpty() ? "" : " " + expected.strip())
                + ", which")
                .message().doesNotContain("secret");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "Retry-After,7,PT7S", "retry-after,0,PT0S", "Retry-After-Ms,250,PT0.25S", "Retry-After,-1,-",
                "Retry-After,1.5,PT1.5S", "Retry-After,0.001,PT0.001S", "retry-after-ms,1500.5,PT1.5005S", "Retry-After,10s,PT10S",
                "Retry-After,500ms,PT0.5S", "Retry-After,1m30s,PT1M30S", "Retry-After,'2 Minutes',PT2M", "retry-after-ms,2s,PT2S",
                "Retry-After,1h,PT1H", "Retry-After,0.0000000001,PT0S", "Retry-After,1.5.2,-", "Retry-After,1.,-", "Retry-After,.5,-",
                "Retry-After,1e3,-", "Retry-After,10x,-", "Retry-After,10s5,-", "Retry-After,'1, 2',-", "Retry-After,s,-",
                "Retry-After,NaN,-", "Retry-After,10 s,PT10S", "Retry-After,1.5s 500ms,PT2S",
                "Retry-After,soon,-", "Retry-After,99999999999999999999,-", "Retry-After,'',-",
                "Retry-After,'Sun, 22 Nov 2026 07:00:30 GMT',PT30S", "Retry-After,'Sun, 22 Nov 2026 06:59:59 GMT',-",
                "X-Other,7,-"
            })
    void map_waitThatTheServerAsksFor_isAFact(String name, String value, Duration expected) {
        Headers headers = Headers.of("Date", "Sun, 22 Nov 2026 07:00:00 GMT").with(name, value);

        for (int status : new int[] {429, 503, 500}) {
            assertThat(map(CHAT, head(status, headers), "").facts().retryAfter()).isEqualTo(expected);
        }
    }

    @Test
    void map_waitUntilADateWithoutTheServersClock_isUnknown() {
        Headers headers = Headers.of("Retry-After", "Sun, 22 Nov 2026 07:00:30 GMT");

        assertThat(map(CHAT, head(503, headers), "").facts().retryAfter()).isNull();
    }

    @Test
    void map_millisecondsAndSeconds_millisecondsCount() {
        Headers headers = Headers.of("Retry-After", "1").with("retry-after-ms", "900");

        assertThat(map(CHAT, head(429, headers), "").facts().retryAfter())
                .isEqualTo(Duration.ofMillis(900));
    }

    private static LlmException map(ExchangeRequest request, ExchangeHead head, String text) {
        AnswerVerdict verdict = new OllamaDialect().answers().classify(request, head, text.getBytes(StandardCharsets.UTF_8));
        return AnswerFailures.of(request, head, verdict, text);
    }

    private static ExchangeHead head(int status, Headers headers) {
        return new ExchangeHead(
                status, headers, Framing.DOCUMENT, Provenance.of(new BackendId("http://h:1/base"), 3, false));
    }

    private static Arguments row(
            ExchangeRequest request, int status, String text, Class<? extends LlmException> type, String words) {
        return Arguments.of(request, status, text, type, words);
    }
}
