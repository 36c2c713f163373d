package dev.paddock.adapters.http.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.adapters.http.wire.framing.CompletionTracker;
import dev.paddock.adapters.http.wire.framing.FrameKind;
import dev.paddock.adapters.http.wire.framing.FrameSplitter;
import dev.paddock.adapters.http.wire.json.ErrorBodyParser;
import dev.paddock.adapters.http.wire.ollama.OllamaDialect;
import dev.paddock.adapters.http.wire.openai.OpenAiDialect;
import dev.paddock.domain.exchange.Frame;
import dev.paddock.domain.exchange.Framing;
import dev.paddock.domain.model.TokenUsage;
import dev.paddock.domain.model.catalog.ModelSummary;
import dev.paddock.domain.model.catalog.PullProgress;
import dev.paddock.domain.model.catalog.RunningModel;
import dev.paddock.domain.model.embedding.EmbedResponse;
import dev.paddock.domain.model.generation.ChatChunk;
import dev.paddock.domain.model.generation.ChatResponse;
import dev.paddock.domain.model.generation.GenerateChunk;
import dev.paddock.domain.model.generation.GenerateResponse;
import dev.paddock.domain.model.generation.ToolCall;
import dev.paddock.tck.RecordedBodies;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Answers of real servers, from framing to domain values. */
class RecordedBodiesTest {

    private final Dialect ollama = new OllamaDialect();
    private final Dialect openAi = new OpenAiDialect();

    @ParameterizedTest
    @CsvSource({
        "09-chat-stream-llama3-2024.ndjson,17,50,1897385625", "13-chat-stream-llama3.2-2024-11.ndjson,31,51,746459542"
    })
    void ollamaChatStream_recorded_isComplete(String name, int prompt, int completion, long total) throws IOException {
        List<ChatChunk> chunks = pieces(Framing.LINES, RecordedBodies.body(name), ollama.chat().chunkDecoder());

        assertThat(chunks).hasSize(completion);
        assertThat(chunks.stream().map(ChatChunk::text).collect(Collectors.joining())).hasSizeGreaterThan(100);
        assertThat(chunks.getLast().completion().usage()).isEqualTo(new TokenUsage(prompt, completion));
        assertThat(chunks.getLast().completion().timings().total()).isEqualTo(Duration.ofNanos(total));
    }

    @Test
    void ollamaGenerateStream_recorded_isComplete() throws IOException {
        List<GenerateChunk> chunks =
                pieces(Framing.LINES, RecordedBodies.body("02-generate-stream-llama3-2024.ndjson"), ollama.generate()
                        .chunkDecoder());

        assertThat(chunks.getFirst().text()).isEqualTo("A");
        assertThat(chunks.getFirst().createdAt()).isEqualTo(Instant.parse("2024-05-24T20:48:36.231229Z"));
        assertThat(chunks.getLast().completion().reason()).isEqualTo("stop");
        assertThat(chunks.getLast().output().context().size()).isGreaterThan(80);
    }

    @Test
    void ollamaWholeAnswers_recorded_areRead() throws IOException {
        GenerateResponse generated =
                ollama.generate().decode(RecordedBodies.body("04-generate-nonstream-context-llama3.2-2024-11.json"));
        ChatResponse older = ollama.chat().decode(RecordedBodies.body("07-chat-nonstream-llama3-2024.json"));
        ChatResponse newer = ollama.chat().decode(RecordedBodies.body("16-chat-nonstream-qwen3coder-2025-11.json"));

        assertThat(generated.text()).isEqualTo("Complicated.");
        assertThat(generated.completion().usage()).isEqualTo(new TokenUsage(32, 4));
        assertThat(older.text()).startsWith("A joke about OpenTelemetry!");
        assertThat(newer.createdAt()).isEqualTo(Instant.parse("2025-11-23T21:57:17.565354407Z"));
        assertThat(newer.completion().timings().load()).isEqualTo(Duration.ofNanos(19_113_691_915L));
    }

    @Test
    void ollamaCatalog_recorded_isRead() throws IOException {
        List<ModelSummary> models = ollama.catalog().models().decoder().apply(RecordedBodies.body("18-tags-2025-11.json"));
        List<RunningModel> running = ollama.catalog().runningModels().decoder()
                .apply(RecordedBodies.body("19-ps-2025-02.json"));
        List<PullProgress> pull = pieces(
                Framing.LINES,
                RecordedBodies.body("39-pull-stream-success-0.32.6-trimmed.ndjson"),
                ollama.catalog().pullProgressDecoder());

        assertThat(models).hasSizeGreaterThan(10).allSatisfy(model -> assertThat(model.size()).isPositive());
        assertThat(models.getFirst().modifiedAt()).isEqualTo(Instant.parse("2025-11-23T21:05:11.033607666Z"));
        assertThat(running).extracting(RunningModel::name).containsExactly("llama3:8b");
        assertThat(pull).hasSize(6);
        assertThat(pull.getLast().isSuccess()).isTrue();
    }

    @Test
    void embeddings_recorded_areRead() throws IOException {
        EmbedResponse legacy = ollama.embed()
                .decode(RecordedBodies.body("17-embeddings-legacy-llama3-2024.json"));
        EmbedResponse compatible = openAi.embed()
                .decode(RecordedBodies.body("33-v1-embeddings-array-activeagent.json"));

        assertThat(legacy.embeddings()).hasSize(1);
        assertThat(legacy.embeddings().getFirst().dimensions()).isEqualTo(4096);
        assertThat(compatible.embeddings()).extracting(vector -> vector.dimensions()).containsExactly(384, 384);
        assertThat(compatible.embeddings().getFirst().vector()[0]).isEqualTo(0.031957865f);
        assertThat(compatible.usage()).isEqualTo(new TokenUsage(10, null));
    }

    @Test
    void openAiWholeAnswers_recorded_areRead() throws IOException {
        ChatResponse reasoning =
                openAi.chat().decode(RecordedBodies.body("20-v1-chat-nonstream-reasoning-qwen3-2026-06.json"));
        ChatResponse vision = openAi.chat().decode(RecordedBodies.body("25-v1-chat-nonstream-vision-granite-2026.json"));

        assertThat(reasoning.text()).startsWith("The answer to **2 + 2**").endsWith("\uD83D\uDE0A");
        assertThat(reasoning.message().thinking()).startsWith("Okay, let's see.");
        assertThat(vision.completion().usage()).isEqualTo(new TokenUsage(785, 95));
    }

    @Test
    void openAiStreams_recorded_areComplete() throws IOException {
        List<ChatChunk> toolCall = pieces(
                Framing.EVENTS, RecordedBodies.body("22-v1-chat-stream-toolcall-qwen3-2026-06.sse"), openAi.chat().chunkDecoder());
        List<ChatChunk> cloud = pieces(
                Framing.EVENTS, RecordedBodies.body("29-cloud-v1-chat-stream-gptoss120b-2026-08.sse"), openAi.chat()
                        .chunkDecoder());

        assertThat(toolCall.getLast().message().toolCalls())
                .extracting(ToolCall::name, ToolCall::arguments)
                .containsExactly(org.assertj.core.api.Assertions.tuple(
                        "weather", Map.of("latitude", "52.5200", "longitude", "13.4050")));
        assertThat(toolCall.getLast().completion().reason()).isEqualTo("tool_calls");
        assertThat(toolCall.getLast().completion().usage()).isEqualTo(new TokenUsage(195, 140));
        assertThat(cloud.stream().map(ChatChunk::text).collect(Collectors.joining())).contains("1", "2", "3");
        assertThat(cloud.getLast().completion().usage()).isEqualTo(new TokenUsage(74, 53));
    }

    @Test
    void errorBody_recorded_isUnderstood() throws IOException {
        assertThat(ErrorBodyParser.message(RecordedBodies.body("31-cloud-v1-chat-error401-2026-08.json"), ""))
                .isEqualTo("Unauthorized");
    }

    /** Cuts, classifies and decodes a body in pieces of an awkward size; only its last frame may be terminal. */
    private static <C> List<C> pieces(Framing framing, byte[] body, ChunkDecoder<C> decoder) {
        FrameSplitter splitter = FrameSplitter.of(framing, 8 << 20);
        List<Frame> frames = new ArrayList<>();
        for (int offset = 0; offset < body.length; offset += 97) {
            splitter.feed(body, offset, Math.min(97, body.length - offset));
            for (Frame frame = splitter.poll(); frame != null; frame = splitter.poll()) {
                frames.add(frame);
            }
        }
        Frame rest = splitter.finish();
        if (rest != null) {
            frames.add(rest);
        }
        frames.removeIf(frame -> !frame.hasContent());
        CompletionTracker tracker = new CompletionTracker("the server");
        assertThat(frames.subList(0, frames.size() - 1)).allSatisfy(frame -> assertThat(tracker.add(frame))
                .as(new String(frame.bytes(), UTF_8))
                .isEqualTo(FrameKind.DATA));
        assertThat(tracker.add(frames.getLast())).isEqualTo(FrameKind.TERMINAL);
        List<C> pieces = new ArrayList<>();
        for (Frame frame : frames) {
            C piece = decoder.decode(frame);
            if (piece != null) {
                pieces.add(piece);
            }
        }
        return pieces;
    }
}
