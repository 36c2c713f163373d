package dev.paddock.adapters.http.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.paddock.adapters.http.wire.ollama.OllamaDialect;
import dev.paddock.adapters.http.wire.openai.OpenAiDialect;
import dev.paddock.domain.error.LlmException;
import dev.paddock.domain.error.MalformedResponseException;
import dev.paddock.domain.exchange.Frame;
import dev.paddock.domain.model.ModelName;
import dev.paddock.domain.model.generation.ChatChunk;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What every decoder must do with answers that are broken in every way. */
class BrokenAnswersTest {

    private static final Dialect OLLAMA = new OllamaDialect();
    private static final Dialect OPEN_AI = new OpenAiDialect();

    static Stream<Arguments> decoders() {
        String ollamaChat = "{\"model\":\"m\",\"created_at\":\"2026-01-02T03:04:05.1Z\","
                + "\"message\":{\"role\":\"assistant\","
                + "\"content\":\"secret \\u00e4 漢\",\"thinking\":\"secret\",\"tool_calls\":[{\"id\":\"a\","
                + "\"function\":{\"name\":\"f\","
                + "\"arguments\":{\"x\":[1,2.5,null]}}}]},\"done\":true,\"eval_count\":5,"
                + "\"logprobs\":[{\"token\":\"t\","
                + "\"logprob\":-1.5}]}";
        String openAi = "{\"created\":1780944397,\"model\":\"m\",\"choices\":[{\"index\":0,"
                + "\"message\":{\"role\":\"assistant\","
                + "\"content\":\"secret\",\"tool_calls\":[{\"id\":\"a\",\"function\":{\"name\":\"f\","
                + "\"arguments\":\"{}\"}}]},"
                + "\"text\":\"secret\",\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":1,"
                + "\"completion_tokens\":2}}";
        return Stream.of(
                decoder("ollama chat", ollamaChat, OLLAMA.chat()::decode),
                decoder("ollama chat chunk", ollamaChat, bytes -> OLLAMA.chat().chunkDecoder().decode(Frame.data(bytes))),
                decoder("ollama generate", "{\"response\":\"secret\",\"context\":[1,2],\"done\":true}",
                        OLLAMA.generate()::decode),
                decoder("ollama embed", "{\"embeddings\":[[1.5,-2e-3],[1,2]],\"model\":\"m\"}", embed(OLLAMA)),
                decoder("ollama tags", "{\"models\":[{\"name\":\"m\",\"size\":1,\"details\":{\"families\":[\"f\"]}}]}",
                        OLLAMA.catalog().models().decoder()),
                decoder("ollama ps", "{\"models\":[{\"name\":\"m\",\"expires_at\":\"2026-01-02T03:04:05Z\"}]}",
                        OLLAMA.catalog().runningModels().decoder()),
                decoder("ollama show", "{\"license\":\"secret\",\"model_info\":{\"a\":[1,{\"b\":1e9}]}}",
                        OLLAMA.catalog().show(new ModelName("m")).decoder()),
                decoder("ollama pull", "{\"status\":\"pulling\",\"total\":5,\"completed\":3}",
                        bytes -> OLLAMA.catalog().pullProgressDecoder().decode(Frame.data(bytes))),
                decoder("openai chat", openAi, OPEN_AI.chat()::decode),
                decoder("openai completion", openAi, OPEN_AI.generate()::decode),
                decoder("openai chunk", openAi.replace("message", "delta"), BrokenAnswersTest::chunk),
                decoder("openai embed", "{\"data\":[{\"embedding\":[1.5,2],\"index\":0}],\"model\":\"m\"}",
                        embed(OPEN_AI)),
                decoder("openai models", "{\"data\":[{\"id\":\"m\",\"created\":5}]}", OPEN_AI.catalog().models()
                        .decoder()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("decoders")
    void decode_cutAtEveryByte_isMalformedAndNeverQuoted(String name, byte[] answer, Function<byte[], Object> decoder) {
        assertThat(decoder.apply(answer)).isNotNull();
        for (int length = 0; length < answer.length; length++) {
            byte[] cut = Arrays.copyOf(answer, length);
            if (name.equals("openai chunk") && length == 0) {
                continue; // an event without data is no error
            }
            assertThatThrownBy(() -> decoder.apply(cut))
                    .as("cut at %d", length)
                    .isInstanceOf(MalformedResponseException.class)
                    .hasNoCause()
                    .message().doesNotContain("secret").hasSizeLessThan(250);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("decoders")
    void decode_randomBytesChanged_failsOnlyAsAnLlmException(
            String name, byte[] answer, Function<byte[], Object> decoder) {
        Random random = new Random(name.hashCode());
        for (int round = 0; round < 400; round++) {
            byte[] changed = answer.clone();
            for (int change = 0; change < 1 + round % 4; change++) {
                changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
            }
            Throwable failure = catchThrowable(() -> decoder.apply(changed));
            if (failure != null) {
                assertThat(failure).isInstanceOf(LlmException.class).message().hasSizeLessThan(600);
            }
        }
    }

    /** Every value in turn is replaced by every other kind of value. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("decoders")
    void decode_anyValueOfAnotherType_failsOnlyAsAnLlmException(
            String name, byte[] answer, Function<byte[], Object> decoder) {
        String text = new String(answer, UTF_8);
        for (String value : List.of("null", "1", "-1.5e400", "true", "\"x\"", "[]", "{}", "[[{\"a\":[]}]]",
                "99999999999999999999")) {
            for (int colon = text.indexOf("\":"); colon >= 0; colon = text.indexOf("\":", colon + 1)) {
                String changed = text.substring(0, colon + 2) + value + rest(text, colon + 2);
                Throwable failure = catchThrowable(() -> decoder.apply(changed.getBytes(UTF_8)));
                if (failure != null) {
                    assertThat(failure).as(changed).isInstanceOf(LlmException.class);
                }
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("decoders")
    void decode_beyondTheLimits_isMalformed(String name, byte[] answer, Function<byte[], Object> decoder) {
        String start = new String(answer, UTF_8).substring(1);
        for (String bomb : List.of(
                "\"bomb\":" + "[".repeat(100_000) + "]".repeat(100_000),
                "\"bomb\":" + "{\"a\":".repeat(100_000) + "1" + "}".repeat(100_000),
                "\"total\":" + "9".repeat(1_000_000) + ",\"size\":" + "9".repeat(1_000_000),
                "\"" + "n".repeat(5000) + "\":1")) {
            Throwable failure = catchThrowable(() -> decoder.apply(("{" + bomb + "," + start).getBytes(UTF_8)));
            assertThat(failure)
                    .isInstanceOf(MalformedResponseException.class)
                    .message().contains("goes beyond a limit").hasSizeLessThan(250).doesNotContain("StreamRead");
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("decoders")
    void decode_bigUnknownField_isPassedOver(String name, byte[] answer, Function<byte[], Object> decoder) {
        byte[] big = ("{\"big\":\"" + "x".repeat(8 << 20) + "\"," + new String(answer, UTF_8).substring(1))
                .getBytes(UTF_8);

        assertThat(decoder.apply(big)).isNotNull();
    }

    private static String rest(String text, int valueStart) {
        int depth = 0;
        boolean quoted = false;
        for (int index = valueStart; index < text.length(); index++) {
            char next = text.charAt(index);
            if (next == '"' && text.charAt(index - 1) != '\\') {
                quoted = !quoted;
            }
            if (!quoted && depth == 0 && (next == ',' || next == '}' || next == ']')) {
                return text.substring(index);
            }
            depth += quoted ? 0 : next == '{' || next == '[' ? 1 : next == '}' || next == ']' ? -1 : 0;
        }
        return "";
    }

    /** A choice that is no piece by itself counts as understood. */
    private static Object chunk(byte[] json) {
        ChunkDecoder<ChatChunk> chunks = OPEN_AI.chat().chunkDecoder();
        byte[] frame = new byte[json.length + 6];
        System.arraycopy("data: ".getBytes(UTF_8), 0, frame, 0, 6);
        System.arraycopy(json, 0, frame, 6, json.length);
        ChatChunk chunk = chunks.decode(Frame.data(frame));
        return chunk == null ? "nothing" : chunk;
    }

    private static Function<byte[], Object> embed(Dialect dialect) {
        return bytes -> dialect.embed().decode(bytes);
    }

    private static Arguments decoder(String name, String answer, Function<byte[], ?> decoder) {
        return Arguments.of(name, answer.getBytes(UTF_8), decoder);
    }
}
