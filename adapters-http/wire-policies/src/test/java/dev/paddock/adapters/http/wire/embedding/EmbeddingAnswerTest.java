package dev.paddock.adapters.http.wire.embedding;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.adapters.http.wire.ollama.OllamaDialect;
import dev.paddock.adapters.http.wire.openai.OpenAiDialect;
import dev.paddock.domain.model.embedding.EmbedResponse;
import dev.paddock.domain.model.embedding.Embedding;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmbeddingAnswerTest {

    private static final String NATIVE = """
            {"model":"m", "embeddings": [[0.1,-2e-3] , [ 3 , 4.50 ]],"total_duration":14,"load_duration":1,"prompt_eval_count":9}
            """;

    private static final String OPENAI = """
            {"object":"list","data":[{"object":"embedding","embedding":[3,4],"index":1},{"index":0,"embedding":"%s"}],
             "model":"m","usage":{"prompt_tokens":9,"total_tokens":9}}""";

    @Test
    void cut_nativeAnswer_keepsTheBytesOfEachVector() {
        EmbeddingAnswer answer = cut(EmbeddingFormat.NATIVE, NATIVE);

        assertThat(answer.vectors()).extracting(vector -> new String(vector.json(), UTF_8)).containsExactly("[0.1,-2e-3]", "[ 3 , 4.50 ]");
        assertThat(answer.vectors()).allMatch(EmbeddingVector::isSound).allMatch(vector -> vector.dimensions() == 2);
        assertThat(answer.tokens()).isEqualTo(9);
        assertThat(answer.rest()).containsOnlyKeys("model", "total_duration", "load_duration", "prompt_eval_count");
    }

    @Test
    void cut_numberedVectors_putsThemInOrder() {
        EmbeddingAnswer answer = cut(EmbeddingFormat.OPENAI, OPENAI.formatted(base64(1, 2, 3)));

        assertThat(answer.vectors()).extracting(EmbeddingVector::dimensions).containsExactly(3, 2);
        assertThat(answer.vectors()).allMatch(EmbeddingVector::isSound);
        assertThat(answer.tokens()).isEqualTo(9);
    }

    @Test
    void write_vectorsOfSeveralAnswers_isReadByTheCodecs() {
        EmbeddingAnswer nativeAnswer = cut(EmbeddingFormat.NATIVE, NATIVE);
        EmbeddingAnswer openAi = cut(EmbeddingFormat.OPENAI, OPENAI.formatted(base64(1, 2)));

        EmbedResponse first = new OllamaDialect().embed().decode(EmbeddingAnswer.write(
                EmbeddingFormat.NATIVE, nativeAnswer.vectors().reversed(), nativeAnswer.rest(), 4L, 77));
        EmbedResponse second = new OpenAiDialect().embed().decode(EmbeddingAnswer.write(
                EmbeddingFormat.OPENAI, openAi.vectors().reversed(), openAi.rest(), 5L, 77));

        assertThat(first.embeddings()).containsExactly(Embedding.wrap(new float[] {3, 4.5f}), Embedding.wrap(new float[] {0.1f, -0.002f}));
        assertThat(first.usage().prompt()).isEqualTo(4);
        assertThat(first.model()).isEqualTo("m");
        assertThat(second.embeddings()).containsExactly(Embedding.wrap(new float[] {3, 4}), Embedding.wrap(new float[] {1, 2}));
        assertThat(second.usage().prompt()).isEqualTo(5);
    }

    @Test
    void write_unknownTokens_leavesTheirFieldsOut() {
        EmbeddingAnswer answer = cut(EmbeddingFormat.NATIVE, NATIVE);

        String written = new String(EmbeddingAnswer.write(EmbeddingFormat.NATIVE, answer.vectors(), answer.rest(), null, 77), UTF_8);

        assertThat(written).doesNotContain("prompt_eval_count").contains("\"total_duration\":77").contains("\"load_duration\":1");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "[]", "[0,0.0,-0e5,0E-0]", "[NaN,1]", "[1,NaN]", "[-Infinity]", "[null,1]", "[1,[2]]", "[\"1\"]", "[1e39]", "[1e999999999999]", "[1,]", "[,1]",
        "[1 2]", "[01]", "[1.]", "[.5]", "[1e]", "[+1]", "[0x1]", "[1e-46]", "null", "7", "true", "{}", "\"\"", "\"####\"", "\"AAAA\"",
        "[9999999999999999999999999999999999999999]"
    })
    void cut_unusableVector_isNotSound(String vector) {
        assertThat(cut(EmbeddingFormat.NATIVE, "{\"embeddings\":[" + vector + ",[1]]}").vectors().getFirst().isSound()).isFalse();
    }

    @Test
    void cut_base64OfNoUse_isNotSound() {
        List<String> texts = List.of(base64(), base64(0, -0f), base64(1, Float.NaN), base64(Float.POSITIVE_INFINITY, 1));

        for (String text : texts) {
            assertThat(cut(EmbeddingFormat.OPENAI, OPENAI.formatted(text)).vectors().getFirst().isSound()).as(text).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"[1e37,1]", "[0,0,1e-30]", "[-0.0000001]", "[123456789012345678901234567890]", "[ 1\t,\n2\r]", "[0.1E+2]", "[0,-3]"})
    void cut_usableVector_isSound(String vector) {
        assertThat(cut(EmbeddingFormat.NATIVE, "{\"embeddings\":[" + vector + "]}").vectors().getFirst().isSound()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", "{", "[]", "null", "{\"embeddings\":[[1]}", "{\"embeddings\":[[1]]} x", "{\"embeddings\":[[1]],\"embeddings\":[[2]]}",
        "{\"embeddings\":[[1]],\"model\":}", "{\"embeddings\":[[1]] \"model\":1}", "{\"embeddings\":[[1]],\"model\":nul}", "{\"embeddings\":{}}",
        "{\"embeddings\":\"[1]\"}", "{\"embeddings\":[[1]],\"a\":\"", "{\"embeddings\":[[1]],}", "{\"embeddings\":[[1],]}", "\u0000"
    })
    void cut_somethingElse_isNull(String document) {
        assertThat(EmbeddingAnswer.cut(EmbeddingFormat.NATIVE, document.getBytes(UTF_8))).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1}, {\"index\":1", "2", "-1", "\"0\"", "0.0", "99999999999", "true"})
    void cut_indexesThatAreNoOrder_isNull(String index) {
        String document = "{\"data\":[{\"embedding\":[1],\"index\":0},{\"embedding\":[2],\"index\":" + index + "}]}";

        assertThat(EmbeddingAnswer.cut(EmbeddingFormat.OPENAI, document.getBytes(UTF_8))).isNull();
    }

    @Test
    void cut_textsWithBracketsAndEscapes_areNotVectors() {
        EmbeddingAnswer answer =
                cut(EmbeddingFormat.NATIVE, "{\"note\":\"]}\\\"[\\\\\",\"deep\":{\"embeddings\":[[9]]},\"embeddings\":[[1]]}");

        assertThat(answer.vectors()).extracting(vector -> new String(vector.json(), UTF_8)).containsExactly("[1]");
        assertThat(answer.rest()).containsEntry("note", "]}\"[\\");
    }

    private static EmbeddingAnswer cut(EmbeddingFormat format, String document) {
        return requireNonNull(EmbeddingAnswer.cut(format, document.getBytes(UTF_8)));
    }

    private static String base64(float... numbers) {
        ByteBuffer bytes = ByteBuffer.allocate(numbers.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (float number : numbers) {
            bytes.putFloat(number);
        }
        return Base64.getEncoder().encodeToString(bytes.array());
    }
}
