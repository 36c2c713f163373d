package dev.paddock.adapters.http.wire.ollama;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.adapters.http.wire.ChunkDecoder;
import dev.paddock.domain.error.LlmException;
import dev.paddock.domain.exchange.Frame;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A line that is read without the parser says what the parser finds in it. */
class UsualLineTest {

    private static final String CHAT = "{\"model\":\"llama3.2\",\"created_at\":\"2026-11-22T12:00:00.001000123Z\",\"message\":"
            + "{\"role\":\"assistant\",\"content\":\" the \\u003csky\\u003e\\n\u00e4 \ud83d\ude00\",\"thinking\":\"why\"},\"done\":false}";
    private static final String GENERATE = "{\"model\":\"llama3.2\",\"created_at\":\"2026-11-22T12:00:00.001000123Z\",\"response\":\" the\\t"
            + "sky\",\"thinking\":\"why\",\"done\":false}";

    private static final List<String> PIECES = List.of(
            "\"", "\\", "{", "}", "[", "]", ",", ":", "0", "-", "true", "null", " ", "\n", "\u0001", "\u00e9", "\u0080", "\u00ff\u00fe", "\ufffd",
            "\\u0041", "\\ud83d", "\\u00e9", "\\u00", "\"done\":true,", "\"model\":\"x\",", "\"\\u006dodel\":1,", "\"content\":\"x\",", "\"role\":\"user\",",
            "\"error\":\"x\",", "\"message\":{},", "\"response\":\"x\",", "\"thinking\":\"\",", "\"thinking\":null,", "\"tool_calls\":[],", "\"images\":[],",
            "\"eval_count\":3,", "\"logprobs\":[],", "\"context\":[1],");

    @Test
    void read_usualLines_needNoParser() {
        assertThat(isUsual(CHAT, true)).isTrue();
        assertThat(isUsual(GENERATE, false)).isTrue();
        assertThat(isUsual(CHAT, false)).isFalse();
        assertThat(isUsual(GENERATE, true)).isFalse();
        assertThat(isUsual(CHAT.replace("false", "true"), true)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void decode_anyLineOfAChat_isWhatTheParserReads(long seed) {
        compare(new Random(seed), CHAT, true);
    }

    @ParameterizedTest
    @ValueSource(longs = {5, 6})
    void decode_lineLikeTheOneBefore_isWhatTheParserReads(long seed) {
        compare(new Random(seed), CHAT.replace(",\"thinking\":\"why\"", ""), true);
    }

    @ParameterizedTest
    @ValueSource(longs = {3, 4})
    void decode_anyLineOfAGeneration_isWhatTheParserReads(long seed) {
        compare(new Random(seed), GENERATE, false);
    }

    /** The parser alone sees a line that is preceded by a field which only it reads. */
    private static void compare(Random random, String line, boolean isChat) {
        int usual = 0;
        for (int count = 0; count < 20_000; count++) {
            String json = changed(random, line);
            byte[] bytes = random.nextInt(4) == 0 ? json.getBytes(ISO_8859_1) : json.getBytes(UTF_8);
            if (isUsual(line, bytes, isChat)) {
                usual++;
                byte[] behindOther = ("{\"other\":0," + new String(bytes, ISO_8859_1).replaceFirst("\\A[ \n]*\\{", "")).getBytes(ISO_8859_1);
                assertThat(decoded(line, bytes, isChat)).as(json).isEqualTo(decoded(line, behindOther, isChat));
            }
        }
        assertThat(usual).isGreaterThan(2_000);
    }

    private static @Nullable Object decoded(String before, byte[] line, boolean isChat) {
        ChunkDecoder<?> decoder = isChat ? OllamaChatCodec.INSTANCE.chunkDecoder() : OllamaGenerateCodec.INSTANCE.chunkDecoder();
        try {
            Object unused = decoder.decode(Frame.data(before.getBytes(UTF_8)));
            return decoder.decode(Frame.data(line));
        } catch (LlmException refused) {
            return refused.getMessage();
        }
    }

    private static boolean isUsual(String before, byte[] line, boolean isChat) {
        UsualLine lines = new UsualLine(isChat);
        byte[] first = before.getBytes(UTF_8);
        assertThat(lines.read(first, 0, first.length, "")).isTrue();
        return lines.read(line, 0, line.length, "llama3.2");
    }

    private static boolean isUsual(String line, boolean isChat) {
        byte[] bytes = line.getBytes(UTF_8);
        return new UsualLine(isChat).read(bytes, 0, bytes.length, "llama3.2");
    }

    private static String changed(Random random, String line) {
        StringBuilder text = new StringBuilder(line);
        int changes = random.nextInt(3);
        for (int change = 0; change < changes; change++) {
            int at = random.nextInt(text.length());
            switch (random.nextInt(3)) {
                case 0 -> text.insert(at, PIECES.get(random.nextInt(PIECES.size())));
                case 1 -> text.deleteCharAt(at);
                default -> text.replace(at, at + 1, PIECES.get(random.nextInt(PIECES.size())));
            }
        }
        return text.toString();
    }
}
