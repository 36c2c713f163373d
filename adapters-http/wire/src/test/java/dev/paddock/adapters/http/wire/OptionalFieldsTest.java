package dev.paddock.adapters.http.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.paddock.adapters.http.wire.ollama.OllamaDialect;
import dev.paddock.adapters.http.wire.openai.OpenAiDialect;
import dev.paddock.domain.exchange.Frame;
import dev.paddock.domain.model.TokenUsage;
import dev.paddock.domain.model.catalog.ModelSummary;
import dev.paddock.domain.model.catalog.PullProgress;
import dev.paddock.domain.model.catalog.RunningModel;
import dev.paddock.domain.model.generation.ChatChunk;
import dev.paddock.domain.model.generation.ChatResponse;
import dev.paddock.domain.model.generation.Role;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Values without which an answer is of use: whatever a server sends in their place, the answer is read, and they are unknown. */
class OptionalFieldsTest {

    private static final Dialect OLLAMA = new OllamaDialect();
    private static final Dialect OPEN_AI = new OpenAiDialect();

    private static final List<String> VALUES = List.of(
            "null", "\"\"", "\"12\"", "\"soon\"", "7", "-7", "1.5", "-1e300", "1e400", "99999999999999999999", "99999999999", "NaN",
            "-Infinity", "Infinity", "true", "false", "[]", "[1,\"x\",{}]", "{}", "{\"a\":[1]}", "[[{\"a\":null}]]");

    static Stream<Arguments> ollamaAnswers() {
        return Stream.of(
                        "\"model\":?", "\"created_at\":?", "\"done_reason\":?", "\"total_duration\":?", "\"load_duration\":?",
                        "\"prompt_eval_duration\":?", "\"eval_duration\":?", "\"prompt_eval_count\":?", "\"eval_count\":?",
                        "\"logprobs\":?", "\"logprobs\":[?]", "\"logprobs\":[{\"token\":?}]", "\"logprobs\":[{\"logprob\":?}]",
                        "\"logprobs\":[{\"bytes\":?}]", "\"logprobs\":[{\"bytes\":[?]}]", "\"logprobs\":[{\"top_logprobs\":?}]",
                        "\"context\":?", "\"future\":?", "\"message\":{\"role\":?,\"content\":\"Hello\"}",
                        "\"message\":{\"thinking\":?,\"content\":\"Hello\"}")
                .flatMap(field -> VALUES.stream().map(value -> arguments(field.replace("?", value))));
    }

    @ParameterizedTest
    @MethodSource("ollamaAnswers")
    void ollama_anyValueOfAnOptionalField_keepsTheAnswer(String field) {
        String body = "{\"message\":{\"role\":\"assistant\",\"content\":\"Hello\"},\"done\":true," + field + "}";
        byte[] json = body.getBytes(UTF_8);

        ChatResponse response = OLLAMA.chat().decode(json);
        assertThat(response.text()).isEqualTo("Hello");
        assertThat(response.message().role()).isEqualTo(Role.ASSISTANT);
        ChatChunk chunk = OLLAMA.chat().chunkDecoder().decode(Frame.data(json));
        assertThat(chunk).isNotNull();
        assertThat(chunk.text()).isEqualTo("Hello");
        assertThat(chunk.completion()).isNotNull();
        assertThat(OLLAMA.generate().decode(("{\"response\":\"Hello\",\"done\":true," + field + "}").getBytes(UTF_8)).text())
                .isEqualTo("Hello");
        if (!field.contains("message")) {
            assertThat(OLLAMA.embed().decode(("{\"embeddings\":[[1]]," + field + "}").getBytes(UTF_8)).embeddings()).hasSize(1);
        }
    }

    static Stream<Arguments> openAiAnswers() {
        return Stream.of(
                        "\"id\":?", "\"object\":?", "\"model\":?", "\"created\":?", "\"usage\":?", "\"usage\":{\"prompt_tokens\":?}",
                        "\"usage\":{\"completion_tokens\":?}", "\"system_fingerprint\":?")
                .flatMap(field -> VALUES.stream().map(value -> arguments(field.replace("?", value), "")));
    }

    static Stream<Arguments> openAiChoices() {
        return Stream.of(
                        "\"logprobs\":?", "\"logprobs\":{\"content\":?}", "\"logprobs\":{\"content\":[{\"logprob\":?}]}",
                        "\"logprobs\":{\"content\":[{\"token\":?,\"bytes\":?,\"top_logprobs\":?}]}")
                .flatMap(field -> VALUES.stream().map(value -> arguments("\"x\":1", field.replace("?", value) + ",")));
    }

    static Stream<Arguments> openAiMessages() {
        return Stream.of("role", "reasoning", "reasoning_content", "refusal_reason", "audio", "annotations", "function_call")
                .flatMap(name -> VALUES.stream().map(value -> arguments(
                        "\"x\":1", "\"message\":{\"content\":\"Hello\",\"" + name + "\":" + value + "},")));
    }

    @ParameterizedTest
    @MethodSource({"openAiAnswers", "openAiChoices", "openAiMessages"})
    void openAi_anyValueOfAnOptionalField_keepsTheAnswer(String field, String ofChoice) {
        String message = ofChoice.contains("\"message\"") ? "" : "\"message\":{\"role\":\"assistant\",\"content\":\"Hello\"},";
        String whole = "{" + field + ",\"choices\":[{\"index\":0," + ofChoice + message + "\"finish_reason\":\"stop\"}]}";

        assertThat(OPEN_AI.chat().decode(whole.getBytes(UTF_8)).text()).isEqualTo("Hello");
        assertThat(OPEN_AI.chat().chunkDecoder().decode(event(whole.replace("\"message\"", "\"delta\"")))).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"model", "ai", "bot", "ASSISTANT", "Model", "user"})
    void role_ofAnotherName_isTheAssistant(String role) {
        String message = "{\"role\":\"" + role + "\",\"content\":\"Hello\"}";

        assertThat(OPEN_AI.chat()
                        .decode(("{\"choices\":[{\"message\":" + message + ",\"finish_reason\":\"stop\"}]}").getBytes(UTF_8))
                        .message().role())
                .isEqualTo(Role.ASSISTANT);
        assertThat(OLLAMA.chat().decode(("{\"message\":" + message + ",\"done\":true}").getBytes(UTF_8)).text()).isEqualTo("Hello");
    }

    @Test
    void usage_inPartUnreadable_keepsTheRest() {
        byte[] json = ("{\"choices\":[{\"message\":{\"content\":\"a\"},\"finish_reason\":\"stop\"}],"
                + "\"usage\":{\"prompt_tokens\":\"12\",\"completion_tokens\":3}}").getBytes(UTF_8);

        assertThat(OPEN_AI.chat().decode(json).completion().usage()).isEqualTo(new TokenUsage(null, 3));
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "-Infinity", "NaN", "\"-Infinity\"", "1e999", "{}"})
    void logprob_thatIsNoFiniteNumber_isUnknown(String logprob) {
        byte[] json = ("{\"message\":{\"content\":\"a\"},\"done\":true,\"logprobs\":[{\"token\":\"a\",\"logprob\":" + logprob
                + ",\"bytes\":[97]},{\"token\":\"b\",\"logprob\":-1}]}").getBytes(UTF_8);

        assertThat(OLLAMA.chat().decode(json).logprobs())
                .extracting(token -> token.token(), token -> token.logprob(), token -> token.bytes())
                .containsExactly(
                        tuple("a", null, List.of(97)),
                        tuple("b", -1.0, List.of()));
    }

    static Stream<Arguments> modelFields() {
        return Stream.of(
                        "\"created\":?", "\"modified_at\":?", "\"size\":?", "\"digest\":?", "\"details\":?", "\"details\":{\"families\":?}",
                        "\"details\":{\"family\":\"f\",\"families\":[?]}", "\"capabilities\":?", "\"expires_at\":?", "\"size_vram\":?",
                        "\"context_length\":?", "\"owned_by\":?")
                .flatMap(field -> VALUES.stream().map(value -> arguments(field.replace("?", value))));
    }

    @ParameterizedTest
    @MethodSource("modelFields")
    void models_anyValueOfAnOptionalField_keepTheirNames(String field) {
        String entry = "[{\"id\":\"m\",\"name\":\"m\"," + field.replace("\"details\":{\"family\"", "\"details\":{\"format\"") + "}]";
        List<ModelSummary> ofOpenAi = OPEN_AI.catalog().models().decoder().apply(("{\"data\":" + entry + "}").getBytes(UTF_8));
        List<ModelSummary> ofOllama = OLLAMA.catalog().models().decoder().apply(("{\"models\":" + entry + "}").getBytes(UTF_8));
        List<RunningModel> running =
                OLLAMA.catalog().runningModels().decoder().apply(("{\"models\":" + entry + "}").getBytes(UTF_8));

        assertThat(ofOpenAi).extracting(ModelSummary::name).containsExactly("m");
        assertThat(ofOllama).extracting(ModelSummary::name).containsExactly("m");
        assertThat(ofOllama.getFirst().size()).isNotNegative();
        assertThat(running).extracting(RunningModel::name).containsExactly("m");
    }

    @Test
    void models_asABareArray_areRead() {
        assertThat(OPEN_AI.catalog().models().decoder().apply(" [{\"id\":\"a\"},{\"id\":\"b\"}]\n".getBytes(UTF_8)))
                .extracting(ModelSummary::name)
                .containsExactly("a", "b");
        assertThat(OLLAMA.catalog().models().decoder().apply("[{\"name\":\"a\"},{\"model\":\"b\"}]".getBytes(UTF_8)))
                .extracting(ModelSummary::name)
                .containsExactly("a", "b");
        assertThat(OLLAMA.catalog().runningModels().decoder().apply("[{\"name\":\"a\"}]".getBytes(UTF_8)))
                .extracting(RunningModel::name)
                .containsExactly("a");
        assertThat(OPEN_AI.catalog().models().decoder().apply("[]".getBytes(UTF_8))).isEmpty();
    }

    @Test
    void pull_sizesOfAnotherType_areUnknown() {
        PullProgress report = OLLAMA.catalog().pullProgressDecoder().decode(Frame.data(
                "{\"status\":\"pulling\",\"digest\":7,\"total\":\"much\",\"completed\":-3}".getBytes(UTF_8)));

        assertThat(report).isEqualTo(new PullProgress("pulling", null, 0, 0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", " null ", "[]", "0", "\"ping\"", "true", "[1,{\"a\":2}]", "1.5e3"})
    void heartbeat_thatIsNoObject_isSkipped(String heartbeat) {
        assertThat(decoded(OPEN_AI.chat().chunkDecoder(), event(heartbeat))).isNull();
        assertThat(decoded(OPEN_AI.generate().chunkDecoder(), event(heartbeat))).isNull();
        assertThat(decoded(OLLAMA.chat().chunkDecoder(), Frame.data(heartbeat.getBytes(UTF_8)))).isNull();
        assertThat(decoded(OLLAMA.catalog().pullProgressDecoder(), Frame.data(heartbeat.getBytes(UTF_8)))).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ping", "keep-alive", ": still working", "<p>", ""})
    void heartbeat_ofAnEventThatIsNoJson_isSkipped(String heartbeat) {
        assertThat(decoded(OPEN_AI.chat().chunkDecoder(), event(heartbeat))).isNull();
    }

    private static <C> @Nullable C decoded(ChunkDecoder<C> decoder, Frame frame) {
        return decoder.decode(frame);
    }

    private static Frame event(String data) {
        return Frame.data(("data: " + data).getBytes(UTF_8));
    }
}
