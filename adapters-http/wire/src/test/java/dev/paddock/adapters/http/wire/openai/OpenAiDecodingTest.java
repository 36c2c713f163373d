package dev.paddock.adapters.http.wire.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.paddock.adapters.http.wire.ChunkDecoder;
import dev.paddock.domain.error.GenerationFailedException;
import dev.paddock.domain.error.MalformedResponseException;
import dev.paddock.domain.error.TruncatedResponseException;
import dev.paddock.domain.exchange.Frame;
import dev.paddock.domain.model.Timings;
import dev.paddock.domain.model.TokenUsage;
import dev.paddock.domain.model.catalog.ModelSummary;
import dev.paddock.domain.model.catalog.ModelTraits;
import dev.paddock.domain.model.embedding.EmbedResponse;
import dev.paddock.domain.model.generation.ChatChunk;
import dev.paddock.domain.model.generation.ChatResponse;
import dev.paddock.domain.model.generation.Completion;
import dev.paddock.domain.model.generation.GenerateChunk;
import dev.paddock.domain.model.generation.TokenLogprob;
import dev.paddock.domain.model.generation.ToolCall;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OpenAiDecodingTest {

    private final OpenAiDialect dialect = new OpenAiDialect();

    @Test
    void chatStream_currentStyle_givesTextThenCompletion() {
        List<ChatChunk> chunks = chat(
                delta("{\"role\":\"assistant\",\"content\":\"\"}", null),
                delta("{\"content\":\"\",\"reasoning\":\"hm\"}", null),
                delta("{\"content\":\"Hi\"}", null),
                delta("{\"content\":\" there\"}", null),
                delta("{}", "stop"),
                "{\"choices\":[],\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":2,\"total_tokens\":5}}",
                "[DONE]");

        assertThat(chunks).extracting(ChatChunk::text).containsExactly("", "Hi", " there", "");
        assertThat(chunks.getFirst().message().thinking()).isEqualTo("hm");
        assertThat(chunks.subList(0, 3)).allSatisfy(chunk -> assertThat(chunk.completion()).isNull());
        assertThat(chunks.getLast().completion())
                .isEqualTo(new Completion("stop", new TokenUsage(3, 2), Timings.UNKNOWN));
        assertThat(chunks).allSatisfy(chunk -> {
            assertThat(chunk.model()).isEqualTo("m");
            assertThat(chunk.createdAt()).isEqualTo(Instant.ofEpochSecond(1_780_944_539));
        });
    }

    @Test
    void chatStream_olderStyleAndReasoningContent_giveTheSame() {
        List<ChatChunk> chunks = chat(
                delta("{\"role\":\"assistant\",\"content\":null,\"reasoning_content\":\"hm\"}", null),
                delta("{\"role\":\"assistant\",\"content\":\"Hi\",\"reasoning\":null,\"reasoning_content\":\"\"}",
                        null),
                delta("{\"role\":\"assistant\",\"content\":\"\"}", "length"),
                "[DONE]");

        assertThat(chunks).extracting(ChatChunk::text).containsExactly("", "Hi", "");
        assertThat(chunks).extracting(chunk -> chunk.message().thinking()).containsExactly("hm", null, null);
        assertThat(chunks.getLast().completion())
                .isEqualTo(new Completion("length", TokenUsage.UNKNOWN, Timings.UNKNOWN));
    }

    @Test
    void chatStream_textWithTheFinishReason_isKept() {
        assertThat(chat(delta("{\"content\":\"end\"}", "stop"), "[DONE]"))
                .extracting(ChatChunk::text)
                .containsExactly("end", "");
    }

    @Test
    void chatStream_toolCallInPieces_isPutTogether() {
        List<ChatChunk> chunks = chat(
                call("{\"index\":0,\"id\":\"a\",\"type\":\"function\",\"function\":{\"name\":\"f\","
                        + "\"arguments\":\"\"}}"),
                call("{\"index\":0,\"function\":{\"arguments\":\"{\\\"x\\\"\"}}"),
                call("{\"index\":1,\"id\":\"b\",\"function\":{\"name\":\"g\",\"arguments\":\"{}\"}}"),
                call("{\"index\":0,\"id\":\"a\",\"function\":{\"name\":\"f\",\"arguments\":\":[1,2]}\"}}"),
                delta("{}", "tool_calls"),
                "[DONE]");

        assertThat(chunks).hasSize(1);
        assertThat(chunks.getFirst().message().toolCalls()).containsExactly(
                new ToolCall("a", "f", Map.of("x", List.of(1, 2))), new ToolCall("b", "g", Map.of()));
        assertThat(chunks.getFirst().completion().reason()).isEqualTo("tool_calls");
    }

    @Test
    void chatStream_wholeToolCallsThatShareTheirIndex_stayApart() {
        List<ChatChunk> chunks = chat(
                call("{\"index\":0,\"id\":\"a\",\"function\":{\"name\":\"f\",\"arguments\":\"{\\\"x\\\":1}\"}}"),
                call("{\"index\":0,\"id\":\"b\",\"function\":{\"name\":\"f\",\"arguments\":\"{\\\"x\\\":2}\"}}"),
                call("{\"id\":\"c\",\"function\":{\"name\":\"f\",\"arguments\":{\"x\":3}}}"),
                call("{\"function\":{\"arguments\":\"\"}}"),
                "[DONE]");

        assertThat(chunks.getFirst().message().toolCalls()).containsExactly(
                new ToolCall("a", "f", Map.of("x", 1)),
                new ToolCall("b", "f", Map.of("x", 2)),
                new ToolCall("c", "f", Map.of("x", 3)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[1]", "{\\\"x\\\":", "{} {}", "secret", "{}x"})
    void chatStream_argumentsThatAreNoObject_areMalformed(String arguments) {
        assertThatThrownBy(() -> chat(
                        call("{\"index\":0,\"id\":\"a\",\"function\":{\"name\":\"f\",\"arguments\":\"" + arguments
                                + "\"}}"),
                        "[DONE]"))
                .isInstanceOf(MalformedResponseException.class)
                .hasMessageStartingWith("the arguments of a tool call")
                .message().doesNotContain("secret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "null", "{}"})
    void chatStream_argumentsThatAreNothing_areEmpty(String arguments) {
        assertThat(chat(
                                call("{\"index\":0,\"function\":{\"name\":\"f\",\"arguments\":\"" + arguments + "\"}}"),
                                "[DONE]")
                        .getFirst()
                        .message()
                        .toolCalls())
                .containsExactly(new ToolCall(null, "f", Map.of()));
    }

    @Test
    void chatStream_emptyChunkOfALostFailure_isNoPiece() {
        assertThat(chat("{\"model\":\"\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"\"},"
                + "\"finish_reason\":null}]}"))
                .isEmpty();
    }

    @Test
    void chatStream_otherChoicesAndKeyOrder_doNotMatter() {
        assertThat(chat(
                        "{\"choices\":[{\"delta\":{\"content\":\"no\"},\"index\":1},{\"delta\":{\"content\":\"yes\"},"
                                + "\"index\":0},{\"index\":2,\"delta\":{\"content\":\"no\"}}],\"model\":\"m\"}"))
                .extracting(ChatChunk::text)
                .containsExactly("yes");
    }

    @Test
    void chatStream_eventsWithoutData_areNoPieces() {
        ChunkDecoder<ChatChunk> decoder = dialect.chat().chunkDecoder();

        assertThat(decoder.decode(frame("event: ping"))).isNull();
        assertThat(decoder.decode(frame("data:"))).isNull();
        assertThat(decoder.decode(frame(": c\r\ndata: {\"choices\":\r\ndata: []}"))).isNull();
    }

    @Test
    void chatStream_logprobs_areKept() {
        assertThat(chat("{\"choices\":[{\"delta\":{\"content\":\"\"},\"logprobs\":{\"content\":[{\"token\":\"a\","
                        + "\"logprob\":-1,\"bytes\":null,\"top_logprobs\":[]}],\"refusal\":null}}]}")
                        .getFirst()
                        .logprobs())
                .containsExactly(new TokenLogprob("a", -1.0, List.of(), List.of()));
    }

    @Test
    void chat_wholeAnswer_isTheTurn() {
        String body = """
                {"id":"x","created":1780944397,"model":"m","choices":[{"index":0,"message":{"role":"assistant",\
                "content":null,"reasoning":"hm","tool_calls":[{"id":"a","index":0,"type":"function","function":\
                {"name":"f","arguments":"{\\"x\\":1}"}}]},"finish_reason":"tool_calls"}],\
                "usage":{"prompt_tokens":18,"completion_tokens":295,"total_tokens":313}}\n""";
        ChatResponse response = dialect.chat().decode(body.getBytes(UTF_8));

        assertThat(response.text()).isEmpty();
        assertThat(response.message().thinking()).isEqualTo("hm");
        assertThat(response.message().toolCalls()).containsExactly(new ToolCall("a", "f", Map.of("x", 1)));
        assertThat(response.completion()).isEqualTo(new Completion("tool_calls", new TokenUsage(18, 295),
                Timings.UNKNOWN));
        ChatChunk only = dialect.chat().chunkDecoder().decodeWhole(body.getBytes(UTF_8));
        assertThat(only.message()).isEqualTo(response.message());
        assertThat(only.completion()).isEqualTo(response.completion());
    }

    @Test
    void chat_wholeWithoutEnd_isTruncatedAndKeepsTheText() {
        byte[] body = "{\"choices\":[{\"message\":{\"content\":\"half\"},\"finish_reason\":null}]}".getBytes(UTF_8);

        assertThat(catchThrowableOfType(TruncatedResponseException.class, () -> dialect.chat().decode(body))
                .facts().textReceived()).isEqualTo("half");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "{}", "{\"choices\":[]}", "{\"choices\":{}}", "{\"choices\":[{\"message\":{\"content\":{}}}]}",
        "{\"choices\":[{\"message\":{\"content\":[\"secret\"]}}]}", "{\"choices\":[{\"message\":\"secret\"}]}",
        "{\"created\":-1}", "{\"created\":\"secret\"}", "{\"usage\":5}", "{\"choices\":[\"secret\"]}"
    })
    void chat_malformed_saysSo(String body) {
        assertThatThrownBy(() -> dialect.chat().decode(body.getBytes(UTF_8)))
                .isInstanceOf(MalformedResponseException.class)
                .message().doesNotContain("secret");
    }

    @Test
    void chat_errorWithStatusOfSuccess_fails() {
        assertThatThrownBy(() -> dialect.chat().decode("{\"error\":{\"message\":\"boom\"}}".getBytes(UTF_8)))
                .isInstanceOf(GenerationFailedException.class)
                .hasMessage("boom");
    }

    @Test
    void generateStream_usageInEveryChunk_lastOneCounts() {
        ChunkDecoder<GenerateChunk> decoder = dialect.generate().chunkDecoder();
        List<GenerateChunk> chunks = new ArrayList<>();
        for (String data : List.of(
                "{\"model\":\"m\",\"choices\":[{\"text\":\"a\",\"index\":0,\"finish_reason\":null}],\"usage\":"
                        + "{\"prompt_tokens\":0,\"completion_tokens\":0}}",
                "{\"model\":\"m\",\"choices\":[{\"text\":\"b\",\"index\":0,\"finish_reason\":\"stop\",\"logprobs\":"
                        + "{\"tokens\":[\"b\"]}}],\"usage\":{\"prompt_tokens\":4,\"completion_tokens\":2}}",
                "[DONE]")) {
            GenerateChunk chunk = decoder.decode(frame(("data: " + data)));
            if (chunk != null) {
                chunks.add(chunk);
            }
        }

        assertThat(chunks).extracting(GenerateChunk::text).containsExactly("a", "b", "");
        assertThat(chunks.getLast().completion())
                .isEqualTo(new Completion("stop", new TokenUsage(4, 2), Timings.UNKNOWN));
    }

    @Test
    void generate_whole_isRead() {
        byte[] body = "{\"model\":\"m\",\"choices\":[{\"text\":\"a\",\"finish_reason\":\"stop\"}]}".getBytes(UTF_8);

        assertThat(dialect.generate().decode(body).text()).isEqualTo("a");
        assertThat(dialect.generate().chunkDecoder().decodeWhole(body).completion().reason()).isEqualTo("stop");
    }

    @Test
    void embed_base64AndNumbers_areBothReadAndPutInOrder() {
        ByteBuffer floats = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putFloat(1.5f).putFloat(-2f);
        String base64 = Base64.getEncoder().encodeToString(floats.array());
        EmbedResponse response = embed("{\"data\":[{\"embedding\":[3,4],\"index\":1},{\"index\":0,\"embedding\":\""
                + base64
                + "\"}],\"model\":\"m\",\"usage\":{\"prompt_tokens\":9,\"total_tokens\":9}}");

        assertThat(response.embeddings().get(0).vector()).containsExactly(1.5f, -2f);
        assertThat(response.embeddings().get(1).vector()).containsExactly(3f, 4f);
        assertThat(response.usage()).isEqualTo(new TokenUsage(9, null));
        assertThat(embed("{\"data\":[{\"embedding\":[1]},{\"embedding\":[2]}]}").embeddings()).hasSize(2);
        assertThat(embed("{\"data\":[]}").embeddings()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "{\"data\":[{\"embedding\":\"AAA=\"}]}", "{\"data\":[{\"embedding\":\"!!secret\"}]}",
                "{\"data\":[{\"index\":0}]}",
        "{\"data\":[{\"embedding\":[1],\"index\":1}]}", "{\"data\":[{\"embedding\":[null]}]}",
                "{\"data\":[{\"embedding\":null}]}",
        "{\"data\":[{\"embedding\":[1],\"index\":0},{\"embedding\":[1],\"index\":0}]}",
        "{\"data\":[{\"embedding\":[\"secret\"]}]}", "{\"data\":[{\"embedding\":[]}]}", "{\"data\":[{\"embedding\":\"\"}]}",
        "{\"data\":[{\"embedding\":[1,NaN]}]}", "{\"data\":[{\"embedding\":[-Infinity]}]}", "{\"data\":[{\"embedding\":[1e39]}]}",
        "{\"data\":[{\"embedding\":\"AADAfwAAgD8=\"}]}", "{\"data\":[{\"embedding\":\"AACA/w==\"}]}",
        "{\"data\":[{\"embedding\":[1]},{\"embedding\":[[]]}]}"
    })
    void embed_malformed_saysSo(String body) {
        assertThatThrownBy(() -> embed(body))
                .isInstanceOf(MalformedResponseException.class)
                .message().doesNotContain("secret");
    }

    @Test
    void catalog_models_areReadEvenWhenThereAreNone() {
        assertThat(models("{\"object\":\"list\",\"data\":null}")).isEmpty();
        assertThat(models("{\"object\":\"list\",\"data\":[{\"id\":\"m\",\"object\":\"model\",\"created\":1780944397,"
                        + "\"owned_by\":\"library\"}]}"))
                .containsExactly(new ModelSummary(
                        "m", Instant.ofEpochSecond(1_780_944_397), 0, "", ModelTraits.UNKNOWN, List.of()));
    }

    private List<ModelSummary> models(String body) {
        return dialect.catalog().models().decoder().apply(body.getBytes(UTF_8));
    }

    private EmbedResponse embed(String body) {
        return dialect.embed().decode(body.getBytes(UTF_8));
    }

    private List<ChatChunk> chat(String... events) {
        ChunkDecoder<ChatChunk> decoder = dialect.chat().chunkDecoder();
        List<ChatChunk> chunks = new ArrayList<>();
        for (String event : events) {
            ChatChunk chunk = decoder.decode(frame(("data: " + event)));
            if (chunk != null) {
                chunks.add(chunk);
            }
        }
        return chunks;
    }

    private static String call(String toolCall) {
        return delta("{\"tool_calls\":[" + toolCall + "]}", null);
    }

    private static String delta(String delta, String finishReason) {
        return "{\"id\":\"chatcmpl-1\",\"created\":1780944539,\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":"
                + delta
                + ",\"finish_reason\":" + (finishReason == null ? "null" : "\"" + finishReason + "\"") + "}]}";
    }

    /** Returns a frame whose content is the event, with other bytes around it. */
    private static Frame frame(String event) {
        byte[] all = (": ping\n\n" + event + "\r\n\r").getBytes(UTF_8);
        return Frame.data(all, 8, all.length - 11);
    }
}
