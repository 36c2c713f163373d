package dev.paddock.adapters.http.wire.json;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.domain.model.embedding.Embedding;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
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

        assertSameOutcome(document, bytes);
        assertSameOutcome(document, document.getBytes(UTF_16LE));
    }

    @Test
    void vectors_cutAtEveryByte_haveTheOutcomeOfTheParser() {
        byte[] bytes = SMALL.getBytes(UTF_8);
        for (int end = 0; end < bytes.length; end++) {
            assertSameOutcome("cut at " + end, Arrays.copyOf(bytes, end));
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
                        "'" + other + "' at " + at, changed);
            }
        }
    }

    @Test
    void document_plainVectors_areNoneForTheParser() throws IOException {
        byte[] bytes = "{\"v\":[[1,-2.5e-3],[ 4,5 ] , [6] ], ...}".getBytes(UTF_8);
        VectorDocument document = new VectorDocument(bytes);

        byte[] before = document.readNBytes(6);
        List<Embedding> vectors = document.takeVectors(1);

        assertThat(vectors).extracting(vector -> Arrays.toString(vector.vector()))
                .containsExactly("[1.0, -0.0025]", "[4.0, 5.0]", "[6.0]");
        assertThat(new String(before, UTF_8)).isEqualTo("{\"v\":[");
        assertThat(new String(document.readAllBytes(), UTF_8)).isEqualTo("], ...}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"]}", "[1],]}", "[1],[]]}", "[1],[x]]}", "[1]\n]}", "[1],[2", "[1]", "[1]]", "1]}", "[1],[2]] "})
    void document_anyOtherArray_isLeftToTheParser(String array) throws IOException {
        VectorDocument document = new VectorDocument(("[" + array).getBytes(UTF_8));

        document.read();

        assertThat(document.takeVectors(1)).isEmpty();
        assertThat(new String(document.readAllBytes(), UTF_8)).isEqualTo(array);
    }

    @Test
    void readVectors_anyDocument_leavesTheArrayOfTheCallerAsItIs() {
        byte[] bytes = SMALL.getBytes(UTF_8);

        read(bytes, true);

        assertThat(new String(bytes, UTF_8)).isEqualTo(SMALL);
    }

    @Test
    void vectors_ofOneLength_areArraysOfIt() {
        List<Embedding> vectors = read(many(64, 768).getBytes(UTF_8), true).vectors.vectors();

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

    private static void assertSameOutcome(String name, byte[] document) {
        assertThat(outcome(document, true)).as(name).isEqualTo(outcome(document, false));
    }

    private static String outcome(byte[] document, boolean pastTheParser) {
        try {
            Answer answer = read(document, pastTheParser);

                       List<String> vectors = answer.vectors.vectors().stream()
                    .map(vector -> Arrays.toString(vector.vector()))
                    .toList();
            return answer.log.toString() + vectors;
        } catch (RuntimeException failure) {
            return failure.toString();
        }
    }

    private static Answer read(byte[] document, boolean pastTheParser) {
        return JsonReader.readVectors("the answer", document, new Answer(pastTheParser));
    }

    private static final class Answer implements JsonReader.Fields {

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
}
