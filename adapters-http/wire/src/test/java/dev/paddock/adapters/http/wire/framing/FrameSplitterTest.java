package dev.paddock.adapters.http.wire.framing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.domain.error.MalformedResponseException;
import dev.paddock.domain.exchange.Frame;
import dev.paddock.domain.exchange.Framing;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class FrameSplitterTest {

    static Stream<Arguments> bodies() {
        return Stream.of(
                lines("", List.of()),
                lines("\n", List.of()),
                lines("{\"a\":1}\n{\"b\":2}\n", List.of("{\"a\":1}", "{\"b\":2}")),
                lines("{\"a\":1}\r\n{\"b\":2}\r\n", List.of("{\"a\":1}", "{\"b\":2}")),
                lines("a\n\n\r\n  \t\nb\n", List.of("a", "b")),
                lines("a\nno line end", List.of("a", "no line end")),
                lines("a\nonly a return\r", List.of("a", "only a return")),
                lines("a\r\r\nb\rc\n", List.of("a\r", "b\rc")),
                lines("next\u0085line \u2028 sep\u2029 pär \uD83D\uDE00 漢\n漢字\uD83D\uDE00",
                        List.of("next\u0085line \u2028 sep\u2029 pär \uD83D\uDE00 漢", "漢字\uD83D\uDE00")),
                events("", List.of()),
                events("data: a\n\ndata: b\n\n", List.of("data: a", "data: b")),
                events("data: a\r\n\r\ndata: b\r\n\r\n", List.of("data: a", "data: b")),
                events("data: a\r\rdata: b\r\r", List.of("data: a", "data: b")),
                events("data: a\r\n\rdata: b\n\r\n", List.of("data: a", "data: b")),
                events("event: x\r\ndata: 1\rdata: 2\ndata: 3\n\n", List.of("event: x\r\ndata: 1\rdata: 2\ndata: 3")),
                events("\uFEFFdata: a\n\n", List.of("data: a")),
                events("\uFEFF\n\ndata: a\n\n", List.of("data: a")),
                events("\uFEFF: comment\n\ndata: a\n\n", List.of("data: a")),
                events("\uFEC0data: a\n\n", List.of("\uFEC0data: a")), // begins like a byte order mark
                events("\uF000: a\n\n", List.of("\uF000: a")),
                events("data: a\n\n\uFEFFdata: b\n\n", List.of("data: a", "\uFEFFdata: b")),
                events("\n\r\n\r: ping\n\n: ping\r\n: pong\r\n\r\ndata: a\n\n\n\n", List.of("data: a")),
                events(": kept\ndata: a\n: kept too\n\n", List.of(": kept\ndata: a\n: kept too")),
                events("event: message_stop\n\nid: 7\n\n", List.of("event: message_stop", "id: 7")),
                events("data: a\n\ndata: [DONE]", List.of("data: a", "data: [DONE]")),
                events("data: a\n\ndata: [DONE]\n", List.of("data: a", "data: [DONE]")),
                events("data: a\n\ndata: [DONE]\r", List.of("data: a", "data: [DONE]")),
                events("data: a\n\nevent: cut", List.of("data: a")),
                events("data: a\n\n: ping", List.of("data: a")),
                events("data: pär \uD83D\uDE00\u0085 漢\r\n\r\ndata: \uD83D\uDE00\r\r",
                        List.of("data: pär \uD83D\uDE00\u0085 漢", "data: \uD83D\uDE00")));
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void poll_wholeBody_hasTheContents(Framing framing, String body, List<String> expected) {
        assertThat(Splitting.contents(Splitting.whole(framing, body.getBytes(UTF_8)))).isEqualTo(expected);
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void poll_everyWayOfSplitting_givesTheSameFrames(Framing framing, String body, List<String> expected) {
        byte[] bytes = body.getBytes(UTF_8);
        List<String> whole = Splitting.all(Splitting.whole(framing, bytes));
        for (int offset = 0; offset <= bytes.length; offset++) {
            List<Frame> frames = Splitting.cutAt(framing, bytes, offset);
            assertThat(Splitting.contents(frames)).as("cut at %d", offset).isEqualTo(expected);
            assertThat(Splitting.all(frames)).as("cut at %d", offset).isEqualTo(whole);
        }
        assertThat(Splitting.all(Splitting.byteByByte(framing, bytes))).as("byte by byte").isEqualTo(whole);
        for (int seed = 0; seed < 50; seed++) {
            List<Frame> frames = Splitting.atRandom(framing, bytes, new Random(seed));
            assertThat(Splitting.all(frames)).as("seed %d", seed).isEqualTo(whole);
        }
    }

    static Stream<Arguments> receivedBodies() {
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
    @MethodSource("receivedBodies")
    void poll_wholeBody_givesTheBytesAsReceived(Framing framing, String body, List<String> expected) {
        assertThat(Splitting.bytes(Splitting.whole(framing, body.getBytes(UTF_8)))).isEqualTo(expected);
    }

    @ParameterizedTest
    @MethodSource({"bodies", "receivedBodies"})
    void poll_anyBody_losesNothing(Framing framing, String body, List<String> ignored) {
        List<Frame> frames = Splitting.byteByByte(framing, body.getBytes(UTF_8));

        assertThat(String.join("", Splitting.bytes(frames))).isEqualTo(body);
        // Nothing is decided about an answer before its first content is known.
        assertThat(frames.stream().limit(1)).allMatch(frame -> frame.hasContent() || frames.size() == 1);
    }

    /** Bodies made of the bytes that matter, cut at random, against the same body in one piece; nothing is lost. */
    @ParameterizedTest
    @EnumSource(value = Framing.class, names = {"LINES", "EVENTS"})
    void poll_bodiesOfRandomPieces_doNotDependOnTheCuts(Framing framing) {
        String[] pieces = {"\n", "\r", "\r\n", "data: x", "data", ":", ": c", "event: e", "é", "\uD83D\uDE00", " ",
                "\uFEFF"};
        for (int seed = 0; seed < 1500; seed++) {
            Random random = new Random(seed);
            StringBuilder body = new StringBuilder();
            for (int count = random.nextInt(25); count > 0; count--) {
                body.append(pieces[random.nextInt(pieces.length)]);
            }
            byte[] bytes = body.toString().getBytes(UTF_8);
            List<Frame> whole = Splitting.whole(framing, bytes);
            List<String> expected = Splitting.all(whole);
            assertThat(String.join("", Splitting.bytes(whole))).as("seed %d", seed).isEqualTo(body.toString());
            assertThat(Splitting.all(Splitting.byteByByte(framing, bytes))).as("seed %d", seed).isEqualTo(expected);
            assertThat(Splitting.all(Splitting.atRandom(framing, bytes, random))).as("seed %d", seed).isEqualTo(expected);
        }
    }

    @Test
    void of_document_isRefused() {
        assertThatThrownBy(() -> FrameSplitter.of(Framing.DOCUMENT, 100)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @EnumSource(value = Framing.class, names = {"LINES", "EVENTS"})
    void poll_frameLongerThanAllowed_isMalformedHoweverItIsSplit(Framing framing) {
        byte[] body = "data: 12345\r\n\r\n".getBytes(UTF_8);
        for (int offset = 0; offset <= body.length; offset++) {
            int[] pieces = {offset, body.length - offset};
            assertThat(Splitting.contents(Splitting.inPieces(framing, 11, body, pieces))).containsExactly("data: 12345");
            assertThatThrownBy(() -> Splitting.inPieces(framing, 10, body, pieces))
                    .as("cut at %d", pieces[0])
                    .isInstanceOf(MalformedResponseException.class)
                    .hasMessageContaining("longer than 10 bytes");
        }
    }

    @ParameterizedTest
    @EnumSource(value = Framing.class, names = {"LINES", "EVENTS"})
    void poll_endlessLine_isRefusedBeforeItsEnd(Framing framing) {
        FrameSplitter splitter = FrameSplitter.of(framing, 1000);
        byte[] piece = "x".repeat(100).getBytes(UTF_8);
        for (int count = 0; count < 10; count++) {
            splitter.feed(piece, 0, piece.length);
            assertThat(splitter.poll()).isNull();
        }
        splitter.feed(piece, 0, piece.length);

        assertThatThrownBy(splitter::poll).isInstanceOf(MalformedResponseException.class);
    }

    @Test
    void poll_lineOfEightMegabytesInSmallPieces_arrivesWhole() {
        byte[] body = ("{\"response\":\"" + "漢".repeat(8 << 20 >> 1) + "\"}\n").getBytes(UTF_8);
        int[] pieces = new int[body.length / 8192 + 1];
        java.util.Arrays.fill(pieces, 8192);
        pieces[pieces.length - 1] = body.length % 8192;

        List<Frame> frames = Splitting.inPieces(Framing.LINES, 16 << 20, body, pieces);

        assertThat(frames).hasSize(1);
        assertThat(frames.getFirst().bytes()).isEqualTo(body);
        assertThat(frames.getFirst().contentLength()).isEqualTo(body.length - 1);
    }

    @ParameterizedTest
    @EnumSource(value = Framing.class, names = {"LINES", "EVENTS"})
    void poll_endlessLeadingBlanks_areRefused(Framing framing) {
        FrameSplitter splitter = FrameSplitter.of(framing, 1000);
        byte[] piece = "\n".repeat(1000).getBytes(UTF_8);
        splitter.feed(piece, 0, piece.length);
        assertThat(splitter.poll()).isNull();
        splitter.feed(piece, 0, piece.length);

        assertThatThrownBy(splitter::poll).isInstanceOf(MalformedResponseException.class);
    }

    @ParameterizedTest
    @EnumSource(value = Framing.class, names = {"LINES", "EVENTS"})
    void feed_beforePollReturnedNull_isRefused(Framing framing) {
        FrameSplitter splitter = FrameSplitter.of(framing, 100);
        byte[] body = "data: a\n\n".getBytes(UTF_8);
        splitter.feed(body, 0, body.length);
        assertThat(splitter.poll()).isNotNull();

        assertThatThrownBy(() -> splitter.feed(body, 0, body.length)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(splitter::finish).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void poll_frameInsideTheBuffer_isACopy() {
        FrameSplitter splitter = FrameSplitter.of(Framing.LINES, 100);
        byte[] buffer = "abc\n".getBytes(UTF_8);
        splitter.feed(buffer, 0, buffer.length);
        Frame frame = splitter.poll();
        buffer[0] = 'X';

        assertThat(frame.bytes()).isEqualTo("abc\n".getBytes(UTF_8));
    }

    private static Arguments lines(String body, List<String> frames) {
        return Arguments.of(Framing.LINES, body, frames);
    }

    private static Arguments events(String body, List<String> frames) {
        return Arguments.of(Framing.EVENTS, body, frames);
    }
}
