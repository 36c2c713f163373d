package dev.paddock.adapters.http.wire.framing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.domain.error.MalformedResponseException;
import dev.paddock.domain.exchange.Framing;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class VerbatimSplitterTest {

    static Stream<Arguments> bodies() {
        return Stream.of(
                lines("", List.of()),
                lines("{\"a\":1}\n{\"b\":2}\r\n", List.of("{\"a\":1}\n", "{\"b\":2}\r\n")),
                lines("\n \r\n{\"a\":1}\n\n\n{\"b\":2}", List.of("\n \r\n{\"a\":1}\n", "\n", "\n", "{\"b\":2}")),
                lines("\n\n", List.of("\n\n")),
                events("", List.of()),
                events("data: a\n\ndata: b\n\n", List.of("data: a\n\n", "data: b\n\n")),
                events("event: x\ndata: a\n\n: ping\n\ndata: b\n\n",
                        List.of("event: x\ndata: a\n\n", ": ping\n\n", "data: b\n\n")),
                events(": waiting\n\n: waiting\n\ndata: a\n\n", List.of(": waiting\n\n: waiting\n\ndata: a\n\n")),
                events("data: a\r\n\r\ndata: b\r\n\r\n", List.of("data: a\r\n\r", "\ndata: b\r\n\r", "\n")),
                events("data: a\n\n\ndata: [DONE]\n", List.of("data: a\n\n", "\n", "data: [DONE]\n")),
                events("\uFEFFdata: a\n\n", List.of("\uFEFFdata: a\n\n")));
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void poll_everyWayOfSplitting_givesTheSameFrames(Framing framing, String body, List<String> expected) {
        byte[] bytes = body.getBytes(UTF_8);
        assertThat(Splitting.verbatim(framing, bytes, new int[] {bytes.length})).isEqualTo(expected);
        int[] ones = new int[bytes.length];
        Arrays.fill(ones, 1);
        assertThat(Splitting.verbatim(framing, bytes, ones)).isEqualTo(expected);
        for (int seed = 0; seed < 50; seed++) {
            int[] pieces = Splitting.random(bytes.length, new Random(seed));
            assertThat(Splitting.verbatim(framing, bytes, pieces)).as("seed %d", seed).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @EnumSource(value = Framing.class, names = {"LINES", "EVENTS"})
    void poll_bodiesOfRandomPieces_loseNothing(Framing framing) {
        String[] parts = {"\n", "\r", "\r\n", "data: x", "data", ":", ": c", "event: e", "é", " ", "\uFEFF"};
        for (int seed = 0; seed < 1500; seed++) {
            Random random = new Random(seed);
            StringBuilder body = new StringBuilder();
            for (int count = random.nextInt(25); count > 0; count--) {
                body.append(parts[random.nextInt(parts.length)]);
            }
            byte[] bytes = body.toString().getBytes(UTF_8);
            List<String> whole = Splitting.verbatim(framing, bytes, new int[] {bytes.length});
            assertThat(String.join("", whole)).as("seed %d", seed).isEqualTo(body.toString());
            int[] pieces = Splitting.random(bytes.length, random);
            assertThat(Splitting.verbatim(framing, bytes, pieces)).as("seed %d", seed).isEqualTo(whole);
        }
    }

    @ParameterizedTest
    @EnumSource(value = Framing.class, names = {"LINES", "EVENTS"})
    void poll_frameLongerThanAllowed_isMalformed(Framing framing) {
        byte[] body = "data: 12345\n\n".getBytes(UTF_8);

        assertThatThrownBy(() -> Splitting.inPieces(FrameSplitter.verbatim(framing, 10), body, new int[] {13}))
                .isInstanceOf(MalformedResponseException.class);
        assertThatThrownBy(() -> Splitting.inPieces(FrameSplitter.verbatim(framing, 10), body, new int[] {11, 2}))
                .isInstanceOf(MalformedResponseException.class);
    }

    private static Arguments lines(String body, List<String> frames) {
        return Arguments.of(Framing.LINES, body, frames);
    }

    private static Arguments events(String body, List<String> frames) {
        return Arguments.of(Framing.EVENTS, body, frames);
    }
}
