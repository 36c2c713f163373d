package dev.paddock.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.paddock.bootstrap.Paddock;
import dev.paddock.bootstrap.config.ConfigurationLoader;
import dev.paddock.domain.error.AuthenticationException;
import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.model.ModelName;
import dev.paddock.domain.model.ResponseStream;
import dev.paddock.domain.model.catalog.PullProgress;
import dev.paddock.domain.model.embedding.EmbedRequest;
import dev.paddock.domain.model.generation.ChatChunk;
import dev.paddock.domain.model.generation.ChatRequest;
import dev.paddock.domain.model.generation.GenerateRequest;
import dev.paddock.tck.RecordedBodies;
import dev.paddock.tck.server.ConnectionScript;
import dev.paddock.tck.server.ScriptedServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers of real servers, served again in small pieces and read by the whole client; skipped where they are absent. */
@Timeout(60)
class RecordedResponsesIT extends OverEveryTransport {

    private static final int PIECE = 7;
    private static final ChatRequest CHAT = ChatRequest.of("m", "hello");

    @ParameterizedTest
    @CsvSource({
        "09-chat-stream-llama3-2024.ndjson, ollama, application/x-ndjson",
        "13-chat-stream-llama3.2-2024-11.ndjson, ollama, application/x-ndjson",
        "29-cloud-v1-chat-stream-gptoss120b-2026-08.sse, openai, text/event-stream",
    })
    void chatStream_recorded_isReadToItsCompletion(String name, String dialect, String type) throws IOException {
        List<ChatChunk> chunks = served(name, type, dialect, paddock -> {
            try (ResponseStream<ChatChunk> stream = paddock.llm().chatStream(CHAT)) {
                return all(stream);
            }
        });

        assertThat(chunks).extracting(ChatChunk::text).anyMatch(text -> !text.isEmpty());
        assertThat(chunks.getLast().completion()).isNotNull();
        assertThat(chunks.getLast().completion().reason()).isEqualTo("stop");
    }

    @ParameterizedTest
    @ValueSource(strings = "22-v1-chat-stream-toolcall-qwen3-2026-06.sse")
    void chatStream_recordedToolCall_isRead(String name) throws IOException {
        List<ChatChunk> chunks = served(name, "text/event-stream", "openai", paddock -> {
            try (ResponseStream<ChatChunk> stream = paddock.llm().chatStream(CHAT)) {
                return all(stream);
            }
        });

        assertThat(chunks).anyMatch(chunk -> !chunk.message().toolCalls().isEmpty());
    }

    @ParameterizedTest
    @CsvSource({
        "07-chat-nonstream-llama3-2024.json, ollama",
        "16-chat-nonstream-qwen3coder-2025-11.json, ollama",
        "20-v1-chat-nonstream-reasoning-qwen3-2026-06.json, openai",
        "25-v1-chat-nonstream-vision-granite-2026.json, openai",
    })
    void chat_recorded_isRead(String name, String dialect) throws IOException {
        var response = served(name, "application/json", dialect, paddock -> paddock.llm().chat(CHAT));

        assertThat(response.text() + response.message().toolCalls()).isNotEqualTo("[]");
        assertThat(response.completion().usage().completion()).isPositive();
    }

    @ParameterizedTest
    @CsvSource({
        "02-generate-stream-llama3-2024.ndjson, application/x-ndjson",
        "04-generate-nonstream-context-llama3.2-2024-11.json, application/json",
    })
    void generate_recorded_isRead(String name, String type) throws IOException {
        String text = served(name, type, "ollama", paddock -> {
            StringBuilder whole = new StringBuilder();
            try (var stream = paddock.llm().generateStream(GenerateRequest.of("m", "hello"))) {
                stream.forEachRemaining(chunk -> whole.append(chunk.text()));
            }
            return whole.toString();
        });

        assertThat(text).isNotBlank();
    }

    @ParameterizedTest
    @ValueSource(strings = "33-v1-embeddings-array-activeagent.json")
    void embed_recorded_isRead(String name) throws IOException {
        var response = served(
                name, "application/json", "openai", paddock -> paddock.llm().embed(EmbedRequest.of("m", "a text", "another")));

        assertThat(response.embeddings()).hasSize(2);
        assertThat(response.embeddings().getFirst().dimensions()).isGreaterThan(100);
    }

    @ParameterizedTest
    @ValueSource(strings = "18-tags-2025-11.json")
    void models_recorded_areRead(String name) throws IOException {
        var models = served(name, "application/json", "ollama", paddock -> paddock.models().models(CallContext.create()));

        assertThat(models).isNotEmpty().allSatisfy(model -> assertThat(model.size()).isPositive());
    }

    @ParameterizedTest
    @ValueSource(strings = "19-ps-2025-02.json")
    void runningModels_recorded_areRead(String name) throws IOException {
        var models = served(
                name, "application/json", "ollama", paddock -> paddock.models().runningModels(CallContext.create()));

        assertThat(models).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = "39-pull-stream-success-0.32.6-trimmed.ndjson")
    void pull_recorded_isReadToItsSuccess(String name) throws IOException {
        List<PullProgress> reports = served(name, "application/x-ndjson", "ollama", paddock -> {
            try (var stream = paddock.models().pull(new ModelName("m"), CallContext.create())) {
                return all(stream);
            }
        });

        assertThat(reports.getLast().isSuccess()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = "31-cloud-v1-chat-error401-2026-08.json")
    void chat_recordedRefusal_isTyped(String name) throws IOException {
        byte[] body = RecordedBodies.body(name);
        ConnectionScript refusal = ConnectionScript.forEachRequest(connection -> connection.sendResponse(
                "401 Unauthorized", "application/json", new String(body, StandardCharsets.UTF_8)));
        try (ScriptedServer server = ScriptedServer.start(refusal);
                Paddock paddock = start(server, "openai")) {
            assertThatExceptionOfType(AuthenticationException.class)
                    .isThrownBy(() -> paddock.llm().chat(CHAT));
        }
    }

    private <T> T served(String name, String type, String dialect, Function<Paddock, T> call)
            throws IOException {
        byte[] body = RecordedBodies.body(name);
        ConnectionScript inPieces = ConnectionScript.forEachRequest(connection -> {
            connection.sendChunkedHead(type);
            for (int start = 0; start < body.length; start += PIECE) {
                connection.sendChunk(Arrays.copyOfRange(body, start, Math.min(start + PIECE, body.length)));
            }
            connection.sendLastChunk();
        });
        try (ScriptedServer server = ScriptedServer.start(inPieces);
                Paddock paddock = start(server, dialect)) {
            T result = call.apply(paddock);
            assertThat(paddock.pool().pools().getFirst().usage().leased()).isZero();
            return result;
        }
    }

    private Paddock start(ScriptedServer server, String dialect) {
        return Paddock.start(ConfigurationLoader.ofDefaults()
                .withEnvironment(Map.of("OLLAMA_BASE_URL", server.baseUrl()))
                .withSystemProperties(Map.of("paddock.dialect", dialect, "paddock.transport", transport)));
    }

    private static <T> List<T> all(ResponseStream<T> stream) {
        List<T> pieces = new ArrayList<>();
        stream.forEachRemaining(pieces::add);
        return pieces;
    }
}
