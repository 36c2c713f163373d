package dev.paddock.adapters.http.wire.ollama;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.paddock.adapters.http.wire.ChunkDecoder;
import dev.paddock.domain.error.GenerationFailedException;
import dev.paddock.domain.error.MalformedResponseException;
import dev.paddock.domain.error.TruncatedResponseException;
import dev.paddock.domain.exchange.Frame;
import dev.paddock.domain.model.ModelName;
import dev.paddock.domain.model.Timings;
import dev.paddock.domain.model.TokenUsage;
import dev.paddock.domain.model.catalog.ModelDetails;
import dev.paddock.domain.model.catalog.ModelSummary;
import dev.paddock.domain.model.catalog.ModelTraits;
import dev.paddock.domain.model.catalog.PullProgress;
import dev.paddock.domain.model.catalog.RunningModel;
import dev.paddock.domain.model.embedding.EmbedResponse;
import dev.paddock.domain.model.generation.ChatChunk;
import dev.paddock.domain.model.generation.ChatResponse;
import dev.paddock.domain.model.generation.Completion;
import dev.paddock.domain.model.generation.GenerateChunk;
import dev.paddock.domain.model.generation.GenerateResponse;
import dev.paddock.domain.model.generation.PromptContext;
import dev.paddock.domain.model.generation.Role;
import dev.paddock.domain.model.generation.TokenLogprob;
import dev.paddock.domain.model.generation.ToolCall;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OllamaDecodingTest {

    private final OllamaDialect dialect = new OllamaDialect();
    private final ChunkDecoder<ChatChunk> chat = dialect.chat().chunkDecoder();
    private final ChunkDecoder<GenerateChunk> generate = dialect.generate().chunkDecoder();

    @Test
    void chatChunk_tokenLine_isAPiece() {
        ChatChunk chunk = chat.decode(frame("""
                {"model":"m","created_at":"2026-01-02T03:04:05.123456789Z",\
                "message":{"role":"assistant","content":" \\u003cb\\u003e 漢"},"done":false}"""));

        assertThat(chunk.text()).isEqualTo(" <b> 漢");
        assertThat(chunk.model()).isEqualTo("m");
        assertThat(chunk.createdAt()).isEqualTo(Instant.parse("2026-01-02T03:04:05.123456789Z"));
        assertThat(chunk.message().role()).isEqualTo(Role.ASSISTANT);
        assertThat(chunk.completion()).isNull();
    }

    @Test
    void chatChunk_lastLineWithContentAndUnknownFields_keepsAll() {
        ChatChunk chunk = chat.decode(frame("""
                {"eval_duration":4,"prompt_eval_duration":3,"eval_count":2,"future":{"done":false,"a":[1,{}]},\
                "done":true,\
                "prompt_eval_count":1,"load_duration":2,"total_duration":10,"done_reason":"stop",\
                "message":{"tool_calls":[{"function":{"arguments":{"a":[1,2.5,null,{"b":true}]},"index":0,"name":"f"},\
                "id":"call_1","x":1},{"function":{"name":"g","arguments":{}}}],"thinking":"hm","content":"end","y":[]},\
                "model":"m"}"""));

        assertThat(chunk.text()).isEqualTo("end");
        assertThat(chunk.message().thinking()).isEqualTo("hm");
        assertThat(chunk.message().toolCalls()).containsExactly(
                new ToolCall("call_1", "f", Map.of("a", Arrays.asList(1, 2.5, null, Map.of("b", true)))),
                new ToolCall(null, "g", Map.of()));
        assertThat(chunk.completion()).isEqualTo(new Completion(
                "stop",
                new TokenUsage(1, 2),
                new Timings(Duration.ofNanos(10), Duration.ofNanos(2), Duration.ofNanos(3), Duration.ofNanos(4))));
    }

    /** What a line says is guessed from the line before it, and must not be taken from there. */
    @Test
    void chatChunk_linesThatDiffer_eachSaysItsOwn() {
        List<ChatChunk> chunks = Stream.of("""
                {"model":"m","created_at":"2026-01-02T03:04:05Z","message":{"role":"assistant","content":"a"}}""", """
                {"model":"m","created_at":"2026-01-02T03:04:06Z","message":{"role":"tool","content":"b"}}""", """
                {"model":"mm","message":{"role":"Assistant","content":"a"}}""", """
                {"message":{"role":"","content":""}}""", """
                {"model":null,"created_at":null,"message":{"role":null,"content":null}}""")
                .map(line -> chat.decode(frame(line)))
                .toList();

        assertThat(chunks).extracting(ChatChunk::model).containsExactly("m", "m", "mm", "", "");
        assertThat(chunks).extracting(chunk -> chunk.message().role())
                .containsExactly(Role.ASSISTANT, Role.TOOL, Role.ASSISTANT, Role.ASSISTANT, Role.ASSISTANT);
        assertThat(chunks).extracting(ChatChunk::text).containsExactly("a", "b", "a", "", "");
        assertThat(chunks).extracting(ChatChunk::createdAt)
                .containsExactly(
                        Instant.parse("2026-01-02T03:04:05Z"), Instant.parse("2026-01-02T03:04:06Z"), null, null, null);
    }

    @Test
    void chatChunk_nearlyEmptyLine_isTolerated() {
        ChatChunk chunk = chat.decode(frame("{\"done\":false,\"message\":null,"
                + "\"created_at\":\"0001-01-01T00:00:00Z\"}"));

        assertThat(chunk.text()).isEmpty();
        assertThat(chunk.model()).isEmpty();
        assertThat(chunk.createdAt()).isNull();
        assertThat(chat.decode(frame("{}")).completion()).isNull();
    }

    @Test
    void chatChunk_logprobs_areKept() {
        ChatChunk chunk = chat.decode(frame("""
                {"message":{"content":""},"done":false,"logprobs":[{"token":"a","logprob":-0.5,"bytes":[97],\
                "top_logprobs":[{"token":"b","logprob":-1}]}]}"""));

        assertThat(chunk.logprobs()).containsExactly(new TokenLogprob(
                "a", -0.5, List.of(97), List.of(new TokenLogprob("b", -1.0, List.of(), List.of()))));
    }

    @Test
    void chatWhole_loadReply_isTheOnlyPiece() {
        ChatChunk chunk = chat.decodeWhole(bytes("""
                {"model":"m","created_at":"2026-01-02T03:04:05Z","message":{"role":"assistant","content":""},\
                "done":true,"done_reason":"load"}"""));

        assertThat(chunk.completion()).isEqualTo(new Completion("load", TokenUsage.UNKNOWN, Timings.UNKNOWN));
    }

    @Test
    void chat_whole_isTheTurn() {
        ChatResponse response = dialect.chat().decode(bytes("""
                {"model":"m","message":{"role":"assistant","content":"hi","images":["aGk="]},"done":true}\n"""));

        assertThat(response.text()).isEqualTo("hi");
        assertThat(response.message().images()).hasSize(1);
        assertThat(response.completion().reason()).isEmpty();
    }

    @Test
    void chat_wholeThatIsNotDone_isTruncatedAndKeepsTheText() {
        byte[] body = bytes("{\"message\":{\"content\":\"half\"},\"done\":false}");

        assertThat(catchThrowableOfType(TruncatedResponseException.class, () -> dialect.chat().decode(body))
                .facts().textReceived()).isEqualTo("half");
        assertThat(catchThrowableOfType(TruncatedResponseException.class, () -> chat.decodeWhole(body))
                .facts().textReceived()).isEqualTo("half");
    }

    @Test
    void chat_wholeThatIsAnError_failsWithTheServersWords() {
        byte[] body = bytes("{\"error\":\"{\\\"error\\\":{\\\"message\\\":\\\"boom\\\"}}\"}");

        assertThatThrownBy(() -> dialect.chat().decode(body))
                .isInstanceOf(GenerationFailedException.class)
                .hasMessage("boom");
    }

    @Test
    void generateChunk_lastLine_bringsContext() {
        GenerateChunk chunk = generate.decode(frame("""
                {"model":"m","response":"x","thinking":"t","done":true,"done_reason":"length","context":[1,2,3],\
                "tool_calls":[{"function":{"name":"f","arguments":{}}}]}"""));

        assertThat(chunk.text()).isEqualTo("x");
        assertThat(chunk.output().thinking()).isEqualTo("t");
        assertThat(chunk.output().context()).isEqualTo(PromptContext.of(1, 2, 3));
        assertThat(chunk.output().toolCalls()).hasSize(1);
        assertThat(chunk.completion().reason()).isEqualTo("length");
    }

    @Test
    void generate_wholeThatIsNotDone_isTruncatedAndKeepsTheText() {
        byte[] body = bytes("{\"response\":\"half\",\"done\":false}");

        assertThat(catchThrowableOfType(TruncatedResponseException.class, () -> dialect.generate().decode(body))
                .facts().textReceived()).isEqualTo("half");
    }

    @Test
    void generate_veryLongContext_isRead() {
        int[] tokens = new int[300_000];
        Arrays.setAll(tokens, index -> index);
        GenerateResponse response = dialect.generate().decode(bytes(
                "{\"response\":\"\",\"done\":true,\"context\":" + Arrays.toString(tokens) + "}"));

        assertThat(response.output().context().tokens()).isEqualTo(tokens);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-01-02T03:04:05Z,2026-01-02T03:04:05Z",
        "2026-01-02T03:04:05.1Z,2026-01-02T03:04:05.100Z",
        "2026-01-02T03:04:05.123456789-08:00,2026-01-02T11:04:05.123456789Z",
        "2026-01-02T03:04:05.12+05:30,2026-01-01T21:34:05.120Z",
        "2318-09-01T12:00:00.5+00:00,2318-09-01T12:00:00.500Z"
    })
    void chatChunk_timestamp_isReadWithOffsetAndFraction(String text, Instant expected) {
        assertThat(chat.decode(frame("{\"created_at\":\"" + text + "\"}")).createdAt()).isEqualTo(expected);
    }

    @Test
    void embed_vectors_areReadInOrder() {
        EmbedResponse response = embed("""
                {"model":"m","embeddings":[[0.5,-1,1e-3],[1,2,3]],"total_duration":7,"prompt_eval_count":4}""");

        assertThat(response.embeddings()).hasSize(2);
        assertThat(response.embeddings().get(0).vector()).containsExactly(0.5f, -1f, 0.001f);
        assertThat(response.embeddings().get(1).vector()).containsExactly(1f, 2f, 3f);
        assertThat(response.usage()).isEqualTo(new TokenUsage(4, null));
        assertThat(response.timings().total()).isEqualTo(Duration.ofNanos(7));
        assertThat(embed("{\"model\":\"m\",\"embeddings\":[]}").embeddings()).isEmpty();
        assertThat(embed("{\"embeddings\":[[1,2],[1,2,3],[1]]}").embeddings()).extracting(e -> e.dimensions())
                .containsExactly(2, 3, 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "[[]]", "[[1,2],[]]", "[[],[1]]", "[[NaN]]", "[[1],[Infinity]]", "[[1,-Infinity]]", "[[1e39]]", "[[1],[-1e39,2]]",
        "[[1e999]]", "[[null]]", "[\"\"]", "[[\"NaN\"]]"
    })
    void embed_vectorsOfNoUse_areMalformed(String vectors) {
        assertThatThrownBy(() -> embed("{\"embeddings\":" + vectors + "}")).isInstanceOf(MalformedResponseException.class);
    }

    @Test
    void catalog_tags_areRead() {
        List<ModelSummary> models = dialect.catalog().models().decoder().apply(bytes("""
                {"models":[{"name":"llama3:8b","model":"llama3:8b","modified_at":"2025-11-23T13:05:11.033607666-08:00",\
                "size":4661224676,"digest":"365c","details":{"parent_model":"","format":"gguf","family":"llama",\
                "families":null,"parameter_size":"8.0B","quantization_level":"Q4_0","context_length":8192},\
                "capabilities":["completion"]},{"model":"x"}]}"""));

        assertThat(models).containsExactly(
                new ModelSummary(
                        "llama3:8b",
                        Instant.parse("2025-11-23T21:05:11.033607666Z"),
                        4_661_224_676L,
                        "365c",
                        new ModelTraits("", "gguf", "llama", List.of(), "8.0B", "Q4_0"),
                        List.of("completion")),
                new ModelSummary("x", null, 0, "", ModelTraits.UNKNOWN, List.of()));
        assertThat(dialect.catalog().models().decoder().apply(bytes("{\"models\":null}"))).isEmpty();
    }

    @Test
    void catalog_running_isRead() {
        List<RunningModel> models = dialect.catalog().runningModels().decoder().apply(bytes("""
                {"models":[{"name":"m","size":10,"size_vram":6,"digest":"d","expires_at":"2318-01-01T00:00:00+02:00",\
                "context_length":4096},{"name":"old"}]}"""));

        assertThat(models).containsExactly(
                new RunningModel(
                        "m", 10, 6, "d", ModelTraits.UNKNOWN, Instant.parse("2317-12-31T22:00:00Z"), 4096),
                new RunningModel("old", 0, 0, "", ModelTraits.UNKNOWN, null, null));
    }

    @Test
    void catalog_show_isRead() {
        ModelDetails details = dialect.catalog().show(new ModelName("m")).decoder().apply(bytes("""
                {"license":"L","modelfile":"F","parameters":"stop  x","template":"T","system":"S",\
                "details":{"family":"llama"},"model_info":{"general.parameter_count":8030261248,"a":[],"b":null,\
                "c":1.5,"d":123456789012345678901234567890,"e":1e999},"capabilities":["completion","tools"],\
                "messages":[{"role":"user"}],"tensors":[{"a":1}],"modified_at":"2026-01-01T00:00:00Z"}"""));

        assertThat(details.texts()).isEqualTo(new ModelDetails.Texts("L", "F", "stop  x", "T", "S"));
        assertThat(details.information())
                .containsEntry("general.parameter_count", 8_030_261_248L)
                .containsEntry("a", List.of())
                .containsEntry("b", null)
                .containsEntry("c", 1.5)
                .containsEntry("d", new BigInteger("123456789012345678901234567890"))
                .containsEntry("e", new BigDecimal("1e999"));
        assertThat(details.capabilities()).containsExactly("completion", "tools");
    }

    @Test
    void catalog_version_isRead() {
        assertThat(dialect.catalog().version().decoder().apply(bytes("{\"version\":\"0.32.15\"}")))
                .isEqualTo("0.32.15");
        assertThatThrownBy(() -> dialect.catalog().version().decoder().apply(bytes("{}")))
                .isInstanceOf(MalformedResponseException.class);
    }

    @Test
    void pull_reports_areRead() {
        ChunkDecoder<PullProgress> reports = dialect.catalog().pullProgressDecoder();

        assertThat(reports.decode(frame("{\"status\":\"pulling manifest\"}")))
                .isEqualTo(new PullProgress("pulling manifest", null, 0, 0));
        assertThat(reports.decode(frame("{\"status\":\"pulling x\",\"digest\":\"sha256:x\",\"total\":5000000000}")))
                .isEqualTo(new PullProgress("pulling x", "sha256:x", 5_000_000_000L, 0));
        assertThat(reports.decodeWhole(bytes("{\"status\":\"success\"}")).isSuccess()).isTrue();
        assertThatThrownBy(() -> reports.decodeWhole(bytes("{\"status\":\"writing manifest\"}")))
                .isInstanceOf(TruncatedResponseException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "{\"message\":\"secret\"}", "{\"message\":{\"content\":[\"secret\"]}}", "{\"done\":\"true\"}",
        "{\"message\":{\"content\":{\"secret\":1}}}", "{\"message\":{\"tool_calls\":{}}}",
        "{\"message\":{\"content\":[{\"text\":7}]}}", "{\"message\":{\"images\":[\"data:secret\"]}}",
        "secret", "", " ", "{} {}", "{}x", "[] x", "{\"a\":01}", "{\"message\":{\"content\":\"secret", "{secret:1}",
        "{\"message\":{\"content\":\"\\x\"}}", "\u0000"
    })
    void chatChunk_malformed_saysWhatAndWhereButNotTheContent(String line) {
        assertThatThrownBy(() -> chat.decode(frame(line)))
                .isInstanceOf(MalformedResponseException.class)
                .hasMessageStartingWith("the answer to a chat ")
                .hasNoCause()
                .message().doesNotContain("secret").hasSizeLessThan(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"secret\"", "\"[1]\"", "\"{} {}\"", "7"})
    void chatChunk_argumentsThatAreNoObject_areMalformed(String arguments) {
        String line = "{\"message\":{\"tool_calls\":[{\"function\":{\"arguments\":" + arguments + "}}]},\"done\":true}";

        assertThatThrownBy(() -> chat.decode(frame(line)))
                .isInstanceOf(MalformedResponseException.class)
                .message().startsWith("the a").doesNotContain("secret");
    }

    @Test
    void chatChunk_wrongType_isNamedWithItsPlace() {
        assertThatThrownBy(() -> chat.decode(frame("{\"message\":{\"tool_calls\":[{\"function\":{\"name\":7}}]}}")))
                .hasMessage("the answer to a chat has a number at /message/tool_calls/0/function/name"
                        + " where a text belongs");
    }

    private EmbedResponse embed(String json) {
        return dialect.embed().decode(bytes(json));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    /** Returns a frame whose content is the text, with other bytes around it. */
    private static Frame frame(String content) {
        byte[] all = ("\n{" + content + "\r\n").getBytes(UTF_8);
        return Frame.data(all, 2, all.length - 4);
    }
}
