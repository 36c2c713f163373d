package dev.paddock.adapters.http.wire.json;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.domain.model.embedding.Embedding;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Compares vectors that are read past the parser with the same ones read by it. */
class VectorsTest {

    private static final String SMALL =
            "{\"model\":\"m\",\"embeddings\":[[0.5,-1,1.25e-3], [ 1 , 2 ] ,[3]],\"count\":7}\n";

    static Stream<String> arrays() {
        return Stream.of(
                "[]", "[ ]", "[[]]", "[[],[1]]", "[[1],[]]", "[[1,2],[3,4]]", "[[1],[1,2],[1,2,3],[1]]", "null",
                "[null]", "[[1],null]", "[[null]]", "[[1,null]]", "[[1],[2,null,3]]", "[[1],\"AACAPw==\"]", "\"text\"",
                "[[1],\"AACAPw==\",[2]]", "[[1],\"!\"]", "[[1],\"AAA=\"]", "[[\"1\"]]", "[[1],[true]]", "[[1],[[2]]]",
                "[[1],{}]", "[[1],[{}]]", "[[1],2]", "[1]", "5", "{}", "{\"a\":[[1]]}", "true",
                " [ [ 1 , 2 ] , [ 3 ] ] ", "\n[\n[\n1\n,\n2\n]\n,\n[\n3\n]\n]\n", "\t[\t[\t1\t,\t2\t]\t]\t",
                "\r\n[[1],\r\n[2],\r\n[x]]", "[[1],[2\n]]", "[[1]\n,[2]]", "[[1],[2]\n]", "[[1],\n\n[2],[!]]",
                "[[1 2]]", "[[1][2]]", "[[1],[2] [3]]", "[[1,]]", "[[,1]]", "[,[1]]", "[[1],]", "[[1],,[2]]",
                "[[1,,2]]",
                "[[1}]", "[[1]}", "[[1],[2]", "[[1],[2", "[[1],[2,", "[[1],[", "[[1]]]", "[[[1]]]", "[[1],[2];]",
                "[[+1]]", "[[01]]", "[[-01]]", "[[1.]]", "[[.5]]", "[[1e]]", "[[1e+]]", "[[-]]", "[[--1]]", "[[NaN]]",
                "[[1],[-Infinity]]", "[[1],[0x1]]", "[[1],[1_0]]", "[[1],[1.5f]]", "[[1],[1e5.5]]", "[[1],[1.2.3]]",
                "[[1],[-]]", "[[1],[01]]", "[[1],[1.]]", "[[1],[2],[1e]]", "[[1],[\u00e9]]", "[[1],[\u0000]]",
                "[[1]\u0000]", "[[1],\u0000[2]]", "[[1\u0000]]", "[[1],[2]/*c*/]", "[[1],[2]]#", "[[1],['2']]",
                "[[-0,0,-0.0,0.0,-0e5,0e5,-1e-60]]", "[[-0,null]]", "[[1e39,-1e39,1e999]]", "[[1e-46,1e-40]]",
                "[[1],[" + "1".repeat(99) + "]]", "[[1],[" + "1".repeat(101) + "]]", "[[1],[" + "1".repeat(300) + "]]",
                "[[1],[0." + "1".repeat(97) + "]]", "[[1],[0." + "1".repeat(99) + "]]",
                "[[1],[1e" + "0".repeat(120) + "]]",
                "[[1],[2]], \"embeddings\":[[3],[4]]", "[[1],[2]], \"embeddings\":[[3],[!]]",
                "[[1]],\"embeddings\":null",
                "[[1],\n[2]], \"embeddings\":[[3]]", "[[1],[null]], \"embeddings\":[[3]]",
                "[[1,2]],\"count\":99999999999", "[[1,2]],\"count\":\"x\"", "[[1,2]],\"count\":!",
                "[[1,2]] \"count\":1",
                "[[1,2]],\n\"count\":!", "[[1,2]],\"other\":[[[1,{\"a\":null}]]]", "[[1,2]],\"error\":\"broken\"",
                "[[1,2]],\"other\":\"" + "\\ud83d\\ude00".repeat(9) + "\",!", "[[1,2]],}", "[[1,2]],", "[[1,2]]:",
                "[".repeat(150) + "]".repeat(150), "[[1]," + "[".repeat(250) + "]".repeat(250) + "]",
                "[[1]],\"other\":" + "[".repeat(250) + "]".repeat(250));
    }

    static Stream<String> documents() {
        return Stream.concat(
                arrays().flatMap(array -> Stream.of(
                        "{\"embeddings\":" + array + "}",
                        "{\"model\":\"m\",\"count\":3,\"embeddings\":" + array + ",\"count\":4,\"last\":{}} ",
                        "\ufeff{ \"other\" : [ 1 ] ,\n \"embeddings\" : " + array + " ,\n\"count\" : 4 } x")),
                Stream.of(
                        "", " ", "[]", "null", "{", "{}", "{\"\\u0065mbeddings\":[[1],[2]]}",
                        "{\"Embeddings\":[[1],[2]]}",
                        "{embeddings:[[1]]}", "{\"embeddings\" [[1]]}", "{\"count\":1 \"embeddings\":[[1]]}",
                        "{\"embeddings\":[[1]]}{}", "{\"embeddings\":[[1]]}}", "{\"embeddings\":[[1]]", SMALL,
                        many(40, 7), many(3, 5_000), many(40, 300) + "!", many(40, 300).replace("]]", ",null]]"),
                        many(40, 300).replace("]]", "],[1,x]]"), many(40, 300).replace("}", ",\"count\":!}"),
                        many(1, 200_000), many(1, 200_000).replace("]]", ",1.]]")));
    }

    @ParameterizedTest
    @MethodSource("documents")
    void vectors_anyDocument_haveTheOutcomeOfTheParser(String document) {
        byte[] bytes = document.getBytes(UTF_8);

        assertSameOutcome(document, () -> new ByteArrayInputStream(bytes));
        if (bytes.length < 10_000) {
            assertSameOutcome(document, () -> new Pieces(bytes, 1, bytes.length));
        }
        assertSameOutcome(document, () -> new Pieces(bytes, 13, bytes.length));
        assertSameOutcome(document, () -> new ByteArrayInputStream(document.getBytes(UTF_16LE)));
    }

    @Test
    void vectors_cutOrFailingAtEveryByte_haveTheOutcomeOfTheParser() {
        byte[] bytes = SMALL.getBytes(UTF_8);
        for (int end = 0; end < bytes.length; end++) {
            byte[] cut = Arrays.copyOf(bytes, end);
            int failing = end;
            assertSameOutcome("cut at " + end, () -> new ByteArrayInputStream(cut));
            assertSameOutcome("failing at " + end, () -> new Pieces(bytes, bytes.length, failing));
            assertSameOutcome("slowly failing at " + end, () -> new Pieces(bytes, 1, failing));
        }
    }

    @Test
    void vectors_everyByteReplaced_haveTheOutcomeOfTheParser() {
        byte[] bytes = SMALL.getBytes(UTF_8);
        for (int at = 0; at < bytes.length; at++) {
            for (char other : "0-+.eE,[]{}\" \n\t:x\u0000\u00ff".toCharArray()) {
                byte[] changed = bytes.clone();
                changed[at] = (byte) other;
                assertSameOutcome(
                        "'" + other + "' at " + at, () -> new ByteArrayInputStream(changed));
            }
        }
    }

    @Test
    void vectors_brokenBeforeTheStreamFails_isNotWaitedFor() {
        byte[] bytes = "{\"embeddings\":[[1,2],[3,01".getBytes(UTF_8);

        assertThatThrownBy(() -> read(new Pieces(bytes, 5, bytes.length - 1), true)).hasMessage("stopped");
        assertThatThrownBy(() -> read(new Waiting(bytes), true)).hasMessageContaining("is not valid JSON");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 100_000})
    void scanner_plainVectors_leavesNothingButTheBracket(int largest) throws IOException {
        byte[] bytes = "1,-2.5e-3],[ 4,5 ] , [6]], ...".getBytes(UTF_8);
        ByteWindow window = new ByteWindow("[".getBytes(UTF_8), new Pieces(bytes, largest, bytes.length));
        VectorScanner scanner = new VectorScanner(window);

        assertThat(scanner.next()).containsExactly(1, -2.5e-3f);
        assertThat(scanner.next()).containsExactly(4, 5);
        assertThat(scanner.isComplete()).isFalse();
        assertThat(scanner.next()).containsExactly(6);
        assertThat(scanner.isComplete()).isTrue();
        assertThat(scanner.next()).isNull();
        assertThat(new String(window.rest(), UTF_8)).startsWith("]");
        assertThat(window.passed()).isEqualTo("[1,-2.5e-3],[ 4,5 ] , [6]".length());
    }

    @Test
    void vectors_ofOneLength_areArraysOfIt() {
        List<Embedding> vectors = read(new ByteArrayInputStream(many(64, 768).getBytes(UTF_8)), true).vectors.vectors();

        assertThat(vectors).hasSize(64).allMatch(vector -> vector.dimensions() == 768);
    }

    private static String many(int vectors, int dimensions) {
        Random random = new Random(5);
        List<List<Float>> all = Stream.generate(() -> Stream.generate(() -> (float) random.nextGaussian() / 28)
                        .limit(dimensions)
                        .toList())
                .limit(vectors)
                .toList();
        String array = vectors % 2 == 0 ? all.toString().replace(" ", "") : all.toString();
        return "{\"model\":\"m\",\"embeddings\":" + array + "}";
    }

    private static void assertSameOutcome(String name, Supplier<InputStream> stream) {
        assertThat(outcome(stream.get(), true)).as(name).isEqualTo(outcome(stream.get(), false));
    }

    private static String outcome(InputStream stream, boolean pastTheParser) {
        try {
            Answer answer = read(stream, pastTheParser);

                       List<String> vectors = answer.vectors.vectors().stream()
                    .map(vector -> Arrays.toString(vector.vector()))
                    .toList();
            return answer.log.toString() + vectors;
        } catch (RuntimeException failure) {
            return failure.toString();
        }
    }

    private static Answer read(InputStream stream, boolean pastTheParser) {
        return JsonReader.readVectors("the answer", stream, new Answer(pastTheParser));
    }

    private static final class Answer implements FieldHandler {

        private final VectorList vectors = new VectorList();
        private final StringBuilder log = new StringBuilder();
        private final boolean pastTheParser;

        Answer(boolean pastTheParser) {
            this.pastTheParser = pastTheParser;
        }

        @Override
        public void accept(String name, JsonReader value) throws IOException {
            log.append(name).append(' ');
            switch (name) {
                case "embeddings" -> {
                    if (pastTheParser) {
                        value.vectors(vectors);
                    } else {
                        value.array(vectors);
                    }
                }
                case "count" -> log.append(value.intOrNull());
                default -> value.skip();
            }
        }
    }

    /** Gives few bytes at a time, and fails before its end when it has fewer to give than it has. */
    private static final class Pieces extends InputStream {

        private final byte[] bytes;
        private final int largest;
        private final int end;
        private int at;

        Pieces(byte[] bytes, int largest, int end) {
            this.bytes = bytes;
            this.largest = largest;
            this.end = end;
        }

        @Override
        public int read() {
            throw new UnsupportedOperationException();
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            int count = Math.min(Math.min(largest, length), end - at);
            if (count == 0 && end < bytes.length) {
                throw new UncheckedIOException("stopped", new IOException());
            }
            System.arraycopy(bytes, at, target, offset, count);
            at += count;
            return count == 0 ? -1 : count;
        }
    }

    /** Gives what it has, and must not be asked for more. */
    private static final class Waiting extends InputStream {

        private final ByteArrayInputStream bytes;

        Waiting(byte[] bytes) {
            this.bytes = new ByteArrayInputStream(bytes);
        }

        @Override
        public int read() {
            throw new UnsupportedOperationException();
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            int count = bytes.read(target, offset, length);
            if (count < 0) {
                throw new IllegalStateException("waits for more");
            }
            return count;
        }
    }
}
