package dev.paddock.adapters.http.wire.framing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.domain.exchange.Frame;
import dev.paddock.domain.exchange.Framing;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FramingDetectorTest {

    private static final String NOTHING = "nothing";

    // Text with \n for a line feed and \uFEFF as it stands; the content type; the framing when a stream was requested, or else.
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
        "data: x        | text/plain                       | EVENTS | EVENTS",
        "data:x         |                                  | EVENTS | EVENTS",
        "event: x       | application/json                 | EVENTS | EVENTS",
        ": ping         | application/x-ndjson             | EVENTS | EVENTS",
        "id: 1          |                                  | EVENTS | EVENTS",
        "retry: 1       |                                  | EVENTS | EVENTS",
        "error: x       |                                  | EVENTS | EVENTS",
        "\\n\\n: x      |                                  | EVENTS | EVENTS",
        "\uFEFFdata: x  | text/event-stream                | EVENTS | EVENTS",
        "{              | text/event-stream; charset=utf-8 | LINES  | DOCUMENT",
        "{              |                                  | LINES  | DOCUMENT",
        "{              | application/json                 | LINES  | DOCUMENT",
        "\\r\\n \\t{    | application/json                 | LINES  | DOCUMENT",
        "{              | Application/X-NDJSON ; a=b       | LINES  | LINES",
        "{              | application/jsonl                | LINES  | LINES",
        "[              | application/json                 | LINES  | DOCUMENT",
        "database: x    | text/event-stream                | LINES  | EVENTS",
        "dat            | text/event-stream                | EVENTS | EVENTS",
        "Bad Gateway    | text/plain                       | LINES  | DOCUMENT",
        "<html>         |                                  | LINES  | DOCUMENT",
        NOTHING + "     | text/event-stream                | EVENTS | EVENTS",
        NOTHING + "     | application/x-ndjson             | LINES  | LINES",
        NOTHING + "     |                                  | LINES  | DOCUMENT",
    })
    void framing_bodyByteByByte_isWhatTheFirstBytesShow(String text, String type, Framing ofStream, Framing ofWhole) {
        byte[] body = text.equals(NOTHING) ? new byte[0] : text.replace("\\n", "\n").replace("\\r", "\r").replace("\\t", "\t").getBytes(UTF_8);

        assertThat(detect(new FramingDetector(type, true), body)).isEqualTo(ofStream);
        assertThat(detect(new FramingDetector(type, false), body)).isEqualTo(ofWhole);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "{}\\n{            | true  | LINES",
        "{}\\r\\n\\n [1]     | true  | LINES",
        "{'a':'}{'}\\ndata: | true  | LINES",
        "{'a':'}{'          | true  | DOCUMENT",
        "{'a':'}{'}         | true  | DOCUMENT",
        "{'a':\\n{}}\\n{     | true  | DOCUMENT",
        "{}{}               | true  | DOCUMENT",
        "{}\\n              | false | DOCUMENT",
        "{}\\n\\r\\n \\t      | false | DOCUMENT",
    })
    void detect_jsonWhereADocumentIsExpected_isLinesOnlyWithASecondOne(String text, boolean isKnown, Framing framing) {
        byte[] body = text.replace('\'', '"').replace("\\n", "\n").replace("\\r", "\r").replace("\\t", "\t").getBytes(UTF_8);
        for (String type : new String[] {"application/json", "text/event-stream", null}) {
            FramingDetector detector = new FramingDetector(type, false);

            assertThat(detector.detect(body, body.length)).isEqualTo(isKnown);
            assertThat(detector.framing()).isEqualTo(framing);
        }
    }

    @Test
    void detect_blanksWithoutEnd_endTheSearch() {
        FramingDetector detector = new FramingDetector("text/event-stream", true);
        byte[] blanks = "\n".repeat(65_537).getBytes(UTF_8);

        assertThat(detector.detect(blanks, 65_536)).isFalse();
        assertThat(detector.detect(blanks, blanks.length)).isTrue();
        assertThat(detector.framing()).isEqualTo(Framing.EVENTS);
    }

    /** A document in several lines is one frame, but a line that is not complete ends with the line. */
    @Test
    void lines_firstOneEndsInsideItsJson_areOneFrame() {
        assertThat(lines("\n{\n \"a\": \"}\\\"}\",\n \"b\": [\n]}\n")).hasSize(1);
        assertThat(lines("{\"a\":\"{\\\"\"}\n{\"b\":1}\n")).hasSize(2);
        assertThat(lines("{\"a\":1}\n{\n\"b\":1}\n")).hasSize(3);
        assertThat(lines("{\"a\n{\"b\":1}\n")).hasSize(2);
    }

    private static List<String> lines(String body) {
        FrameSplitter splitter = FrameSplitter.of(Framing.LINES, 1024);
        List<String> lines = new ArrayList<>();
        splitter.feed(body.getBytes(UTF_8), 0, body.length());
        for (Frame line = splitter.poll(); line != null; line = splitter.poll()) {
            lines.add(new String(line.bytes(), UTF_8));
        }
        Frame rest = splitter.finish();
        if (rest != null) {
            lines.add(new String(rest.bytes(), UTF_8));
        }
        assertThat(String.join("", lines)).isEqualTo(body);
        return lines;
    }

    private static Framing detect(FramingDetector detector, byte[] body) {
        for (int length = 1; length <= body.length; length++) {
            if (detector.detect(body, length)) {
                return detector.framing();
            }
        }
        return detector.framing();
    }
}
