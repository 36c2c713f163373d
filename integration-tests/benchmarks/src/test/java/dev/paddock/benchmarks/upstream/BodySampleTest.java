package dev.paddock.benchmarks.upstream;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BodySampleTest {

    private final BodySample sample = new BodySample();

    @ParameterizedTest
    @CsvSource({"1, 7", "1023, 1", "1500, 1400", "5000, 900", "5000, 5000", "300000, 65536"})
    void says_fieldBehindLongText_isFoundInWhateverPieces(int length, int piece) {
        add("{\"messages\":\"" + "x".repeat(length) + "\", \"stream\" :\tfalse}", piece);
        assertThat(hasField("false")).isTrue();
        assertThat(hasField("true")).isFalse();
        sample.clear();
        assertThat(hasField("false")).isFalse();
    }

    @Test
    void says_fieldWhereverTheSampleMovesOn_isFound() {
        for (int length = 1000; length < 4200; length++) {
            sample.clear();
            add("{\"messages\":\"" + "x".repeat(length) + "\",\"stream\":false}", 10);
            assertThat(hasField("false")).as("behind %d letters", length).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({"1", "40"})
    void says_fieldWithinText_isNotFound(int piece) {
        add("{\"content\":\"\\\"stream\\\":false\"}", piece);
        assertThat(hasField("false")).isFalse();
    }

    private void add(String body, int piece) {
        ByteBuffer input = ByteBuffer.wrap(body.getBytes(US_ASCII));
        while (input.hasRemaining()) {
            int count = Math.min(piece, input.remaining());
            int end = input.position() + count;
            sample.add(input, count);
            assertThat(input.position()).isEqualTo(end);
        }
    }

    private boolean hasField(String value) {
        return sample.hasField("\"stream\"".getBytes(US_ASCII), value.getBytes(US_ASCII));
    }
}
