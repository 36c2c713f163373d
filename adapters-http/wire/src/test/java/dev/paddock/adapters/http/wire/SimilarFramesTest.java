package dev.paddock.adapters.http.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.adapters.http.wire.ollama.OllamaDialect;
import dev.paddock.adapters.http.wire.openai.OpenAiDialect;
import dev.paddock.domain.error.LlmException;
import dev.paddock.domain.exchange.Frame;
import dev.paddock.domain.model.generation.ChatChunk;
import dev.paddock.domain.model.generation.GenerateChunk;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A frame behind one that is nearly equal says what it says alone. */
class SimilarFramesTest {

    private static final String CHAT = "{\"model\":\"m\",\"created_at\":\"2026-01-02T03:04:05.678Z\","
            + "\"message\":{\"role\":\"assistant\",\"content\":\"%s\"},\"done\":false}";
    private static final String GENERATE = "{\"model\":\"m\",\"created_at\":\"2026-01-02T03:04:05.678Z\",\"response\":\"%s\",\"done\":false}";
    private static final String COMPLETION = "data: {\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"created\":1786615876,"
            + "\"model\":\"m\",\"choices\":[{\"index\":0,%s,\"finish_reason\":null}]}";
    private static final int ROUNDS = 5_000;
    private static final List<String> PIECES = List.of(
            "\"", "\\", "\\n", "\\u00e9", "{", "}", "[", "]", ":", ",", " ", "\t", "\n", "\u00e9", "true", "1", "\"error\":\"x\",",
            "\"content\":\"c\",", "\"created_at\":\"2027-01-02T03:04:05Z\",", "\"done\":true,", "T", "Z", "+01:00");

    private final Dialect dialect = new OllamaDialect();
    private final Dialect openAi = new OpenAiDialect();

    @ParameterizedTest
    @ValueSource(strings = {"a", "", " the", "\u6f22", "\ud83d\ude00", "a: b", "{}", "a\\n", "\\\"", "\\ud83d", "\\ude00",
        "\u0001", "\t", "\ufffd", "\\", "\"", "\",\"thinking\":\"b", "\",\"images\":[\"AA==\"],\"x\":\"", "\",\"content\":\"c"})
    void chatChunk_anyText_isReadAsAlone(String text) {
        ChunkDecoder<ChatChunk> decoder = dialect.chat().chunkDecoder();
        decoder.decode(frame(CHAT.formatted("first")));

        byte[] line = CHAT.formatted(text).getBytes(UTF_8);
        assertThat(outcome(decoder, line)).isEqualTo(outcome(dialect.chat().chunkDecoder(), line));
    }

    @Test
    void chatChunk_otherModelBetween_changesNothing() {
        ChunkDecoder<ChatChunk> decoder = dialect.chat().chunkDecoder();
        String other = CHAT.formatted("\\n").replace("\"m\"", "\"other\"");

        List<ChatChunk> chunks = Stream.of(CHAT.formatted("a"), other, CHAT.formatted("b")).map(line -> decoder.decode(frame(line))).toList();

        assertThat(chunks).extracting(ChatChunk::model).containsExactly("m", "other", "m");
        assertThat(chunks).extracting(ChatChunk::text).containsExactly("a", "\n", "b");
    }

    @Test
    void chatChunk_halfOfACharacterBefore_isCompletedOrReplaced() {
        ChunkDecoder<ChatChunk> decoder = dialect.chat().chunkDecoder();

        List<String> texts = Stream.of("a", "\\ud83d", "b", "\\ude00")
                .map(text -> decoder.decode(frame(CHAT.formatted(text))).text())
                .toList();

        assertThat(texts).containsExactly("a", "", "\ufffdb", "\ufffd");
    }

    static Stream<String> firstLines() {
        return Stream.of(
                CHAT.formatted("first"),
                CHAT.formatted("first").replace(":", ": ").replace(",", ", "),
                CHAT.formatted("first").replace("\"done\"", "\"x\":{\"content\":\"y\"},\"done\""),
                CHAT.formatted("first").replace("\"content\"", "\"refusal\":\"no\",\"x\":{\"content\":\"y\"},\"a\""),
                CHAT.formatted("first").replace("\"content\"", "\"content\"\t").replace("\"done", "\"x\":{\"content\":\"first\"},\"done"),
                CHAT.formatted("first").replace("\"role\"", "\"thinking\":\"hm\",\"role\""),
                CHAT.formatted("first").replace("assistant", "tool"),
                CHAT.formatted("first").replace("\"message\"", "\"x\":{\"created_at\":\"2020-01-02T03:04:05Z\"},\"message\""),
                CHAT.formatted("first").replace("created_at", "created"),
                CHAT.formatted("created_at").replace("done", "first"),
                CHAT.formatted("\u6f22"));
    }

    @ParameterizedTest
    @MethodSource("firstLines")
    void chatChunk_anyChangeOfALine_isReadAsAlone(String first) {
        assertAlike(first, () -> dialect.chat().chunkDecoder());
    }

    @Test
    void generateChunk_anyChangeOfALine_isReadAsAlone() {
        assertAlike(GENERATE.formatted("first"), () -> dialect.generate().chunkDecoder());
    }

    static Stream<String> firstEvents() {
        return Stream.of(
                COMPLETION.formatted("\"delta\":{\"role\":\"assistant\",\"content\":\"first\"}"),
                COMPLETION.formatted("\"delta\":{\"content\":\"first\",\"reasoning\":\"hm\"}"),
                COMPLETION.formatted("\"delta\":{\"refusal\":\"no\",\"x\":{\"content\":\"first\"}}"),
                COMPLETION.formatted("\"text\":\"first\""));
    }

    @ParameterizedTest
    @MethodSource("firstEvents")
    void openAiChunk_anyChangeOfAnEvent_isReadAsAlone(String first) {
        assertAlike(first, () -> openAi.chat().chunkDecoder());
        assertAlike(first, () -> openAi.generate().chunkDecoder());
    }

    @Test
    void openAiChunk_otherModelAndReasonBetween_areKept() {
        ChunkDecoder<ChatChunk> decoder = openAi.chat().chunkDecoder();
        String first = COMPLETION.formatted("\"delta\":{\"content\":\"a\"}");
        decoder.decode(frame(first));
        decoder.decode(frame(first.replace("\"m\"", "\"other\"").replace("null", "\"stop\"")));

        assertThat(decoder.decode(frame(first.replace("\"a\"", "\"b\""))).model()).isEqualTo("m");
        assertThat(decoder.decode(frame("data: [DONE]")).completion().reason()).isEqualTo("stop");
    }

    private static void assertAlike(String first, Supplier<ChunkDecoder<?>> decoders) {
        Random random = new Random(20261130);
        byte[] line = first.getBytes(UTF_8);
        byte[] escaped = first.replace("first", "\\u0066irst").getBytes(UTF_8); // the same, but no following frame is compared with it
        for (int round = 0; round < ROUNDS; round++) {
            byte[] changed = changed(line, random);
            ChunkDecoder<?> decoder = decoders.get();
            ChunkDecoder<?> parsing = decoders.get();
            assertThat(outcome(decoder, line)).isEqualTo(outcome(parsing, escaped));
            assertThat(outcome(decoder, changed)).as(new String(changed, UTF_8)).isEqualTo(outcome(parsing, changed));
        }
    }

    /** Returns the chunk in a line, or what is said about a line that has none. */
    private static @Nullable Object outcome(ChunkDecoder<?> decoder, byte[] line) {
        try {
            return decoder.decode(Frame.data(line));
        } catch (LlmException failure) {
            return failure.getClass() + failure.getMessage();
        }
    }

    /** Returns the line with a few bytes replaced, removed or added, mostly such as mean something in JSON. */
    private static byte[] changed(byte[] line, Random random) {
        byte[] result = line;
        for (int change = random.nextInt(3); change >= 0; change--) {
            int at = random.nextInt(result.length - 1);
            int removed = random.nextInt(2);
            byte[] added = added(random);
            byte[] next = new byte[result.length - removed + added.length];
            System.arraycopy(result, 0, next, 0, at);
            System.arraycopy(added, 0, next, at, added.length);
            System.arraycopy(result, at + removed, next, at + added.length, result.length - at - removed);
            result = next;
        }
        return result;
    }

    private static byte[] added(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> new byte[0];
            case 1 -> new byte[] {(byte) random.nextInt(256)};
            default -> PIECES.get(random.nextInt(PIECES.size())).getBytes(UTF_8);
        };
    }

    private static Frame frame(String line) {
        return Frame.data(line.getBytes(UTF_8));
    }
}
