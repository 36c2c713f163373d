package dev.paddock.adapters.http.wire.ollama;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.domain.exchange.ExchangeRequest;
import dev.paddock.domain.exchange.Operation;
import dev.paddock.domain.model.KeepAlive;
import dev.paddock.domain.model.ModelName;
import dev.paddock.domain.model.ModelOptions;
import dev.paddock.domain.model.embedding.EmbedRequest;
import dev.paddock.domain.model.embedding.EmbedSettings;
import dev.paddock.domain.model.generation.ChatRequest;
import dev.paddock.domain.model.generation.GenerateRequest;
import dev.paddock.domain.model.generation.GenerationSettings;
import dev.paddock.domain.model.generation.Image;
import dev.paddock.domain.model.generation.Message;
import dev.paddock.domain.model.generation.PromptContext;
import dev.paddock.domain.model.generation.PromptSettings;
import dev.paddock.domain.model.generation.ResponseFormat;
import dev.paddock.domain.model.generation.Thinking;
import dev.paddock.domain.model.generation.Tool;
import dev.paddock.domain.model.generation.ToolCall;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OllamaEncodingTest {

    private final OllamaDialect dialect = new OllamaDialect();

    @Test
    void chat_leavingAllToTheServer_writesNothingMore() {
        ExchangeRequest request = dialect.chat().encode(ChatRequest.of("llama3", "hi"), true);

        assertThat(body(request)).isEqualTo("""
                {"model":"llama3","stream":true,"messages":[{"role":"user","content":"hi"}]}""");
        assertThat(request.operation()).isEqualTo(Operation.CHAT);
        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.target()).isEqualTo("/api/chat");
        assertThat(request.model()).isEqualTo("llama3");
        assertThat(request.headers().first("content-type")).isEqualTo("application/json");
        assertThat(request.headers().first("accept")).isEqualTo("application/x-ndjson");
        assertThat(dialect.chat().encode(ChatRequest.of("m", "hi"), false).headers().first("accept"))
                .isEqualTo("application/json");
    }

    @Test
    void chat_everyKindOfMessage_isWritten() {
        ToolCall call = new ToolCall("call_1", "weather", Map.of("city", "Bonn"));
        ChatRequest request = ChatRequest.of("m", List.of(
                        Message.system("be brief"),
                        Message.user("look").withImages(List.of(new Image("aGk="))),
                        Message.assistant("").withThinking("hm").withToolCalls(List.of(call)),
                        Message.tool(call, "rain"),
                        Message.tool(new ToolCall(null, "clock", Map.of()), "noon")))
                .withTools(List.of(new Tool("weather", "tells it", Map.of("type", "object"))));

        assertThat(body(dialect.chat().encode(request, false))).isEqualTo("""
                {"model":"m","stream":false,"messages":[{"role":"system","content":"be brief"},\
                {"role":"user","content":"look","images":["aGk="]},\
                {"role":"assistant","content":"","thinking":"hm","tool_calls":[{"id":"call_1","function":\
                {"name":"weather","arguments":{"city":"Bonn"}}}]},\
                {"role":"tool","content":"rain","tool_name":"weather","tool_call_id":"call_1"},\
                {"role":"tool","content":"noon","tool_name":"clock"}],\
                "tools":[{"type":"function","function":{"name":"weather","description":"tells it",\
                "parameters":{"type":"object"}}}]}""");
    }

    @Test
    void chat_everySetting_isWritten() {
        GenerationSettings settings = GenerationSettings.builder()
                .options(ModelOptions.NONE.withTemperature(0.5).withSeed(7).withStop("a", "b"))
                .format(ResponseFormat.schema(Map.of("type", "object")))
                .thinking(Thinking.HIGH)
                .keepAlive(KeepAlive.of(Duration.ofMinutes(5)))
                .truncate(false)
                .shift(true)
                .logprobs(3)
                .build();

        assertThat(settingsOf(settings)).isEqualTo("""
                ,"format":{"type":"object"},"think":"high","keep_alive":300,"truncate":false,"shift":true,\
                "logprobs":true,"top_logprobs":3,"options":{"temperature":0.5,"seed":7,"stop":["a","b"]}}""");
    }

    @ParameterizedTest
    @CsvSource({"OFF,false", "ON,true", "LOW,'\"low\"'", "MEDIUM,'\"medium\"'", "HIGH,'\"high\"'", "MAX,'\"max\"'"})
    void chat_thinking_isATruthValueOrALevel(Thinking thinking, String expected) {
        assertThat(settingsOf(GenerationSettings.builder().thinking(thinking).build()))
                .isEqualTo(",\"think\":" + expected + "}");
    }

    @ParameterizedTest
    @CsvSource({
        "PT0S,0", "PT5M,300", "PT0.0000015S,'\"1500ns\"'", "PT1.5S,'\"1500000000ns\"'", "P36500D,3153600000",
        "P200000D,-1", "PT2562047788015H,-1"
    })
    void chat_keepAlive_isSecondsOrADurationWithUnit(Duration duration, String expected) {
        assertThat(settingsOf(GenerationSettings.builder().keepAlive(KeepAlive.of(duration)).build()))
                .isEqualTo(",\"keep_alive\":" + expected + "}");
    }

    @Test
    void chat_keepAliveForever_isBelowZero() {
        assertThat(settingsOf(GenerationSettings.builder().keepAlive(KeepAlive.forever()).build()))
                .isEqualTo(",\"keep_alive\":-1}");
    }

    @Test
    void chat_formatJson_isTheWord() {
        assertThat(settingsOf(GenerationSettings.builder().format(ResponseFormat.json()).build()))
                .isEqualTo(",\"format\":\"json\"}");
    }

    @Test
    void chat_numbersOfAnyMake_areWrittenAsTheyAre() {
        ModelOptions options = ModelOptions.NONE
                .with("a", 1L)
                .with("b", 1.5f)
                .with("c", new BigDecimal("0.10"))
                .with("d", new AtomicInteger(4))
                .with("e", List.of(true, Map.of("f", (short) 1)));

        assertThat(settingsOf(GenerationSettings.builder().options(options).build()))
                .isEqualTo(",\"options\":{\"a\":1,\"b\":1.5,\"c\":0.10,\"d\":4,\"e\":[true,{\"f\":1}]}}");
    }

    @Test
    void chat_textThatNeedsEscapes_isEscapedAndUtf8() {
        String text = "\"\\\n\r\t\b\f\u0000\u001f\u007f\u0085\u2028</script> pär 漢 \uD83D\uDE00";

        assertThat(body(dialect.chat().encode(ChatRequest.of("m", text), true)))
                .contains("\"content\":"
                        + "\"\\\"\\\\\\n\\r\\t\\b\\f\\u0000\\u001F\u007f\u0085\u2028</script> pär 漢 \uD83D\uDE00\"");
    }

    @Test
    void chat_halfOfASurrogatePair_isWrittenAsAnEscape() {
        assertThat(body(dialect.chat().encode(ChatRequest.of("m", "cut \uD83D"), true))).contains("\"cut \\uD83D\"");
        assertThat(body(dialect.chat().encode(ChatRequest.of("m", "\uDE00\uD83Dx"), true)))
                .contains("\"\\uDE00\\uD83Dx\"");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void chat_longText_isWrittenWholeWhereverItsPairsFall(int shift) {
        String text = "x".repeat(shift) + "漢\uD83D\uDE00\"".repeat(200_000);
        String body = body(dialect.chat().encode(ChatRequest.of("m", text), true));

        String expected = "{\"model\":\"m\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\""
                + text.replace("\"", "\\\"") + "\"}]}";
        assertThat(body.equals(expected)).isTrue(); // nobody wants to see them
    }

    @Test
    void chat_noMessages_isWrittenAsAnEmptyArray() {
        assertThat(body(dialect.chat().encode(ChatRequest.of("m", List.of()), true))).endsWith("\"messages\":[]}");
    }

    @Test
    void generate_everySetting_isWritten() {
        GenerateRequest request = GenerateRequest.of("m", "p").withPromptSettings(PromptSettings.DEFAULT
                .withSuffix("s")
                .withSystem("y")
                .withTemplate("t")
                .withRaw(true)
                .withImages(List.of(new Image("aGk=")))
                .withContext(PromptContext.of(1, 2, 3)));
        ExchangeRequest encoded = dialect.generate().encode(request, true);

        assertThat(body(encoded)).isEqualTo("""
                {"model":"m","stream":true,"prompt":"p","suffix":"s","system":"y","template":"t","raw":true,\
                "images":["aGk="],"context":[1,2,3]}""");
        assertThat(encoded.target()).isEqualTo("/api/generate");
        assertThat(encoded.operation()).isEqualTo(Operation.GENERATE);
        assertThat(body(dialect.generate().encode(GenerateRequest.of("m", ""), false)))
                .isEqualTo("{\"model\":\"m\",\"stream\":false,\"prompt\":\"\"}");
    }

    @Test
    void embed_everySetting_isWritten() {
        EmbedSettings settings = EmbedSettings.DEFAULT
                .withTruncate(false)
                .withDimensions(64)
                .withKeepAlive(KeepAlive.of(Duration.ZERO))
                .withOptions(ModelOptions.NONE.withContextLength(512));
        ExchangeRequest encoded = dialect.embed().encode(EmbedRequest.of("m", "a", "").withSettings(settings));

        assertThat(body(encoded)).isEqualTo("""
                {"model":"m","input":["a",""],"truncate":false,"dimensions":64,"keep_alive":0,\
                "options":{"num_ctx":512}}""");
        assertThat(encoded.target()).isEqualTo("/api/embed");
        assertThat(encoded.operation()).isEqualTo(Operation.EMBED);
        assertThat(body(dialect.embed().encode(EmbedRequest.of("m", "a"))))
                .isEqualTo("{\"model\":\"m\",\"input\":[\"a\"]}");
    }

    @Test
    void catalog_everyCall_asksTheRightThing() {
        assertThat(dialect.catalog().models().request()).hasToString("GET /api/tags");
        assertThat(dialect.catalog().runningModels().request()).hasToString("GET /api/ps");
        assertThat(dialect.catalog().version().request()).hasToString("GET /api/version");
        ExchangeRequest show = dialect.catalog().show(new ModelName("a/b:c")).request();
        assertThat(show).hasToString("POST /api/show");
        assertThat(body(show)).isEqualTo("{\"model\":\"a/b:c\"}");
        assertThat(show.model()).isEqualTo("a/b:c");
        ExchangeRequest pull = dialect.catalog().pull(new ModelName("m"));
        assertThat(pull).hasToString("POST /api/pull");
        assertThat(body(pull)).isEqualTo("{\"model\":\"m\",\"stream\":true}");
        assertThat(pull.operation()).isEqualTo(Operation.PULL_MODEL);
    }

    private String settingsOf(GenerationSettings settings) {
        String body = body(dialect.chat().encode(ChatRequest.of("m", List.of()).withSettings(settings), false));
        String start = "{\"model\":\"m\",\"stream\":false,\"messages\":[]";
        assertThat(body).startsWith(start);
        return body.substring(start.length());
    }

    private static String body(ExchangeRequest request) {
        return new String(request.body().bytes(), UTF_8);
    }
}
