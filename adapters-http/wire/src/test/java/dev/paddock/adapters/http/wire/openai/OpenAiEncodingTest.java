package dev.paddock.adapters.http.wire.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.domain.error.InvalidRequestException;
import dev.paddock.domain.exchange.ExchangeRequest;
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
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class OpenAiEncodingTest {

    private final OpenAiDialect dialect = new OpenAiDialect();

    @Test
    void chat_stream_asksForUsage() {
        ExchangeRequest request = dialect.chat().encode(ChatRequest.of("m", "hi"), true);

        assertThat(body(request)).isEqualTo("""
                {"model":"m","messages":[{"role":"user","content":"hi"}],"stream":true,\
                "stream_options":{"include_usage":true}}""");
        assertThat(request).hasToString("POST /v1/chat/completions");
        assertThat(request.headers().first("accept")).isEqualTo("text/event-stream");
        assertThat(body(dialect.chat().encode(ChatRequest.of("m", "hi"), false))).endsWith("\"stream\":false}");
    }

    @Test
    void chat_everyKindOfMessage_isWritten() {
        ToolCall call = new ToolCall("call_1", "weather", Map.of("city", "B\"nn"));
        ToolCall nameless = new ToolCall(null, "clock", Map.of());
        ChatRequest request = ChatRequest.of("m", List.of(
                        Message.system("be brief"),
                        Message.user("look").withImages(List.of(new Image("iVBORw0KGgoAAA"), new Image("/9j/4A"))),
                        Message.user("").withImages(List.of(new Image("UklGRg"), new Image("AAAA"))),
                        Message.assistant("").withThinking("hm").withToolCalls(List.of(call, nameless)),
                        Message.tool(call, "rain"),
                        Message.tool(nameless, "noon")))
                .withTools(List.of(new Tool("weather", "tells it", Map.of("type", "object"))));

        assertThat(body(dialect.chat().encode(request, false))).isEqualTo("""
                {"model":"m","messages":[{"role":"system","content":"be brief"},\
                {"role":"user","content":[{"type":"text","text":"look"},\
                {"type":"image_url","image_url":{"url":"data:image/png;base64,iVBORw0KGgoAAA"}},\
                {"type":"image_url","image_url":{"url":"data:image/jpeg;base64,/9j/4A"}}]},\
                {"role":"user","content":[{"type":"image_url","image_url":{"url":"data:image/webp;base64,UklGRg"}},\
                {"type":"image_url","image_url":{"url":"data:;base64,AAAA"}}]},\
                {"role":"assistant","content":"","reasoning":"hm","tool_calls":[\
                {"id":"call_1","type":"function","function":{"name":"weather",\
                "arguments":"{\\"city\\":\\"B\\\\\\"nn\\"}"}},\
                {"id":"call_clock","type":"function","function":{"name":"clock","arguments":"{}"}}]},\
                {"role":"tool","content":"rain","name":"weather","tool_call_id":"call_1"},\
                {"role":"tool","content":"noon","name":"clock","tool_call_id":"call_clock"}],\
                "tools":[{"type":"function","function":{"name":"weather","description":"tells it",\
                "parameters":{"type":"object"}}}],"stream":false}""");
    }

    @Test
    void chat_settings_haveTheNamesOfThisDialect() {
        GenerationSettings settings = GenerationSettings.builder()
                .options(ModelOptions.NONE.withTemperature(0.5).withMaximumTokens(9).withStop("a").with("min_p", 0.1))
                .format(ResponseFormat.schema(Map.of("type", "object")))
                .thinking(Thinking.OFF)
                .logprobs(0)
                .build();

        assertThat(settingsOf(settings)).isEqualTo("""
                ,"temperature":0.5,"max_tokens":9,"stop":["a"],"min_p":0.1,\
                "response_format":{"type":"json_schema","json_schema":{"name":"answer","schema":{"type":"object"}}},\
                "reasoning_effort":"none","logprobs":true,"top_logprobs":0}""");
    }

    @Test
    void chat_formatJson_isJsonObject() {
        assertThat(settingsOf(GenerationSettings.builder().format(ResponseFormat.json()).build()))
                .isEqualTo(",\"response_format\":{\"type\":\"json_object\"}}");
    }

    @ParameterizedTest
    @CsvSource({"LOW,low", "MEDIUM,medium", "HIGH,high", "MAX,max"})
    void chat_thinking_isAnEffort(Thinking thinking, String effort) {
        assertThat(settingsOf(GenerationSettings.builder().thinking(thinking).build()))
                .isEqualTo(",\"reasoning_effort\":\"" + effort + "\"}");
    }

    @Test
    void chat_noLimitsAndThinkingOn_areSaidByNothing() {
        GenerationSettings settings = GenerationSettings.builder()
                .thinking(Thinking.ON)
                .options(ModelOptions.NONE.withMaximumTokens(-1))
                .build();

        assertThat(settingsOf(settings)).isEqualTo("}");
    }

    static Stream<GenerationSettings> whatChatCannotSay() {
        return Stream.of(
                GenerationSettings.builder().keepAlive(KeepAlive.forever()).build(),
                GenerationSettings.builder().truncate(true).build(),
                GenerationSettings.builder().shift(false).build(),
                GenerationSettings.builder().options(ModelOptions.NONE.withContextLength(1)).build(),
                GenerationSettings.builder().options(ModelOptions.NONE.with("messages", "x")).build());
    }

    @ParameterizedTest
    @MethodSource("whatChatCannotSay")
    void chat_whatTheDialectCannotSay_isRefused(GenerationSettings settings) {
        assertThatThrownBy(() -> settingsOf(settings)).isInstanceOf(InvalidRequestException.class);
    }

    @Test
    void generate_promptAndSuffix_areWritten() {
        GenerateRequest request = GenerateRequest.of("m", "p")
                .withPromptSettings(PromptSettings.DEFAULT.withSuffix("s"))
                .withSettings(GenerationSettings.builder().logprobs(2).build());
        ExchangeRequest encoded = dialect.generate().encode(request, true);

        assertThat(encoded).hasToString("POST /v1/completions");
        assertThat(body(encoded)).isEqualTo("""
                {"model":"m","prompt":"p","suffix":"s","stream":true,"stream_options":{"include_usage":true},\
                "logprobs":2}""");
    }

    static Stream<GenerateRequest> whatGenerateCannotSay() {
        GenerateRequest request = GenerateRequest.of("m", "p");
        return Stream.of(
                request.withPromptSettings(PromptSettings.DEFAULT.withSystem("s")),
                request.withPromptSettings(PromptSettings.DEFAULT.withTemplate("t")),
                request.withPromptSettings(PromptSettings.DEFAULT.withRaw(true)),
                request.withPromptSettings(PromptSettings.DEFAULT.withImages(List.of(new Image("AAAA")))),
                request.withPromptSettings(PromptSettings.DEFAULT.withContext(PromptContext.of(1))),
                request.withSettings(GenerationSettings.builder().thinking(Thinking.OFF).build()),
                request.withSettings(GenerationSettings.builder().format(ResponseFormat.json()).build()));
    }

    @ParameterizedTest
    @MethodSource("whatGenerateCannotSay")
    void generate_whatTheDialectCannotSay_isRefused(GenerateRequest request) {
        assertThatThrownBy(() -> dialect.generate().encode(request, false))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("the OpenAI dialect has no");
    }

    @Test
    void embed_request_asksForBase64() {
        ExchangeRequest encoded = dialect.embed().encode(
                EmbedRequest.of("m", "a", "b").withSettings(EmbedSettings.DEFAULT.withDimensions(3)));

        assertThat(encoded).hasToString("POST /v1/embeddings");
        assertThat(body(encoded))
                .isEqualTo("{\"model\":\"m\",\"input\":[\"a\",\"b\"],\"encoding_format\":\"base64\",\"dimensions\":3}");
        assertThatThrownBy(() -> dialect.embed().encode(
                        EmbedRequest.of("m", "a").withSettings(EmbedSettings.DEFAULT.withTruncate(true))))
                .isInstanceOf(InvalidRequestException.class);
    }

    @Test
    void catalog_onlyTheListOfModels_canBeAsked() {
        assertThat(dialect.catalog().models().request()).hasToString("GET /v1/models");
        ModelName model = new ModelName("m");
        List<Runnable> others = List.of(
                () -> dialect.catalog().runningModels(),
                () -> dialect.catalog().version(),
                () -> dialect.catalog().show(model),
                () -> dialect.catalog().pull(model),
                () -> dialect.catalog().pullProgressDecoder());
        assertThat(others).allSatisfy(call -> assertThatThrownBy(call::run)
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("the OpenAI dialect has no call"));
    }

    private String settingsOf(GenerationSettings settings) {
        String body = body(dialect.chat().encode(ChatRequest.of("m", List.of()).withSettings(settings), false));
        String start = "{\"model\":\"m\",\"messages\":[],\"stream\":false";
        assertThat(body).startsWith(start);
        return body.substring(start.length());
    }

    private static String body(ExchangeRequest request) {
        return new String(request.body().bytes(), UTF_8);
    }
}
