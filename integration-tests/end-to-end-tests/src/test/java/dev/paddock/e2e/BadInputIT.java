package dev.paddock.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.paddock.bootstrap.Paddock;
import dev.paddock.bootstrap.config.ConfigurationException;
import dev.paddock.domain.error.ErrorKind;
import dev.paddock.domain.error.InvalidRequestException;
import dev.paddock.domain.error.LlmException;
import dev.paddock.domain.error.TruncatedResponseException;
import dev.paddock.domain.model.ResponseStream;
import dev.paddock.domain.model.embedding.EmbedRequest;
import dev.paddock.domain.model.generation.ChatChunk;
import dev.paddock.domain.model.generation.ChatRequest;
import dev.paddock.tck.server.ConnectionScript;
import dev.paddock.tck.server.ScriptedServer;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever is wrong, the caller gets one typed failure: no hang, no silent success, no connection kept. */
@Timeout(60)
class BadInputIT extends OverEveryTransport {

    private static final ChatRequest CHAT = ChatRequest.of("m", "hello");
    private static final String TOKEN =
            "{\"model\":\"m\",\"message\":{\"role\":\"assistant\",\"content\":\"so far\"},\"done\":false}\n";
    private static final String DONE =
            "{\"model\":\"m\",\"message\":{\"role\":\"assistant\",\"content\":\"\"},\"done\":true}\n";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{\"model\":\"m\",\"message\":{\"role\":\"assist                           | MALFORMED_RESPONSE",
                "not json at all                                                           | MALFORMED_RESPONSE",
                "{\"model\":\"m\",\"message\":[{\"role\":\"robot\",\"content\":\"x\"}],\"done\":true} | MALFORMED_RESPONSE",
                "{\"model\":\"m\",\"message\":{\"role\":\"assistant\",\"content\":7},\"done\":true} | MALFORMED_RESPONSE",
                "{\"model\":\"m\",\"message\":{\"role\":\"assistant\",\"content\":\"x\"},\"done\":false} | TRUNCATED_RESPONSE",
                "[]                                                                        | MALFORMED_RESPONSE",
            })
    void chat_answerThatIsNone_isATypedFailure(String body, ErrorKind kind) {
        try (ScriptedServer server = ScriptedServer.start(ConnectionScript.json(body));
                Paddock paddock = start(server.baseUrl())) {
            LlmException failure = catchThrowableOfType(
                    LlmException.class, () -> paddock.llm().chat(CHAT));

            assertThat(failure.kind()).isEqualTo(kind);
            assertNothingHeld(paddock);
        }
    }

    @Test
    void chatStream_malformedLineInTheMiddle_failsAndKeepsTheTextSoFar() {
        try (ScriptedServer server = ScriptedServer.start(lines(TOKEN, "{\"message\":{]\n", DONE));
                Paddock paddock = start(server.baseUrl())) {
            LlmException failure = failureOf(paddock);

            assertThat(failure.kind()).isEqualTo(ErrorKind.MALFORMED_RESPONSE);
            assertThat(failure.facts().textReceived()).isEqualTo("so far");
            assertNothingHeld(paddock);
        }
    }

    @Test
    void chatStream_endsWithoutItsLastLine_failsAndKeepsTheTextSoFar() {
        try (ScriptedServer server = ScriptedServer.start(lines(TOKEN));
                Paddock paddock = start(server.baseUrl())) {
            LlmException failure = failureOf(paddock);

            assertThat(failure).isInstanceOf(TruncatedResponseException.class);
            assertThat(failure.facts().textReceived()).isEqualTo("so far");
            assertNothingHeld(paddock);
        }
    }

    @Test
    void chatStream_lineOfEightMegabytes_isRead() {
        String long8 = "{\"model\":\"m\",\"message\":{\"role\":\"assistant\",\"content\":\"" + "x".repeat(8_000_000)
                + "\"},\"done\":false}\n";
        try (ScriptedServer server = ScriptedServer.start(lines(long8, DONE));
                Paddock paddock = start(server.baseUrl());
                ResponseStream<ChatChunk> stream = paddock.llm().chatStream(CHAT)) {
            assertThat(stream.next().text()).hasSize(8_000_000);
            stream.forEachRemaining(chunk -> {});
            assertNothingHeld(paddock);
        }
    }

    @Test
    void chatStream_lineLongerThanTheLimit_isATypedFailure() {
        String tooLong = "{\"x\":\"" + "x".repeat(17 * 1024 * 1024) + "\"}\n";
        try (ScriptedServer server = ScriptedServer.start(lines(tooLong, DONE));
                Paddock paddock = start(server.baseUrl())) {
            assertThat(failureOf(paddock).kind()).isEqualTo(ErrorKind.MALFORMED_RESPONSE);
            assertNothingHeld(paddock);
        }
    }

    @Test
    void chat_webPageInsteadOfAnAnswer_saysThatThisIsNoModelServer() {
        ConnectionScript page = ConnectionScript.forEachRequest(
                connection -> connection.sendResponse("200 OK", "text/html", "<html><body>Welcome</body></html>"));
        try (ScriptedServer server = ScriptedServer.start(page);
                Paddock paddock = start(server.baseUrl())) {
            LlmException failure = catchThrowableOfType(
                    LlmException.class, () -> paddock.llm().chat(CHAT));

            assertThat(failure.kind()).isEqualTo(ErrorKind.MALFORMED_RESPONSE);
            assertThat(failure.getMessage() + failure.advice()).contains("text/html").contains("base URL");
            assertNothingHeld(paddock);
        }
    }

    @Test
    void embed_fewerVectorsThanTexts_isATypedFailure() {
        String one = "{\"model\":\"m\",\"embeddings\":[[0.1,0.2]]}";
        try (ScriptedServer server = ScriptedServer.start(ConnectionScript.json(one));
                Paddock paddock = start(server.baseUrl())) {
            LlmException failure = catchThrowableOfType(
                    LlmException.class, () -> paddock.llm().embed(EmbedRequest.of("m", "a", "b")));

            assertThat(failure).isNotNull();
            assertThat(failure.kind()).isEqualTo(ErrorKind.MALFORMED_RESPONSE);
        }
    }

    @Test
    void start_severalThingsWrong_namesThemAllAtOnceWithTheirPlace() {
        Map<String, String> wrong = Map.of(
                "OLLAMA_CONNECT_TIMEOUT", "-1", "OLLAMA_POOL_MAXSIZE", "none", "OLLAMA_POOL_BLOCK", "perhaps");
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> start("http://user:secret@127.0.0.1", wrong))
                .withMessageContainingAll(
                        "OLLAMA_CONNECT_TIMEOUT", "OLLAMA_POOL_MAXSIZE", "OLLAMA_POOL_BLOCK", "OLLAMA_BASE_URL")
                .satisfies(failure -> assertThat(failure.getMessage()).doesNotContain("secret"));
    }

    @Test
    void start_baseUrlWithATrailingSlash_asksThePathWithoutADoubledOne() {
        try (ScriptedServer server = ScriptedServer.start(ConnectionScript.json(DONE.strip()));
                Paddock paddock = start(server.baseUrl() + "/")) {
            paddock.llm().chat(CHAT);
            assertThat(server.requests().getFirst().target()).isEqualTo("/api/chat");
        }
    }

    @Test
    void request_emptyModelName_isRefusedBeforeAnythingIsSent() {
        assertThatExceptionOfType(InvalidRequestException.class)
                .isThrownBy(() -> ChatRequest.of("", "hello"))
                .withMessageContaining("model name is empty");
    }

    private static LlmException failureOf(Paddock paddock) {
        return catchThrowableOfType(LlmException.class, () -> {
            try (ResponseStream<ChatChunk> stream = paddock.llm().chatStream(CHAT)) {
                stream.forEachRemaining(chunk -> {});
            }
        });
    }

    private static void assertNothingHeld(Paddock paddock) {
        assertThat(paddock.pool().pools().getFirst().usage().leased()).isZero();
    }

    private static ConnectionScript lines(String... lines) {
        return ConnectionScript.forEachRequest(connection -> {
            connection.sendChunkedHead("application/x-ndjson");
            for (String line : lines) {
                connection.sendChunk(line);
            }
            connection.sendLastChunk();
        });
    }
}
