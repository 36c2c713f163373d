package dev.paddock.adapters.http.wire.framing;

import static dev.paddock.adapters.http.wire.framing.FrameKind.DATA;
import static dev.paddock.adapters.http.wire.framing.FrameKind.FAILURE;
import static dev.paddock.adapters.http.wire.framing.FrameKind.TERMINAL;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.domain.exchange.Frame;
import dev.paddock.domain.exchange.Framing;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FrameClassifierTest {

    private static final String TOKEN =
            "{\"model\":\"m\",\"created_at\":\"2026-01-01T00:00:00Z\",\"message\":{\"role\":\"assistant\","
                    + "\"content\":\" a\"},"
                    + "\"done\":false}";

    static Stream<Arguments> lines() {
        return Stream.of(
                Arguments.of(TOKEN, DATA),
                Arguments.of("{\"done\":true}", TERMINAL),
                Arguments.of(" { \"model\" : \"m\" , \"done\"\t: \r true , \"x\":[] } ", TERMINAL),
                Arguments.of("{\"done_reason\":\"stop\",\"done\":true,\"total_duration\":1}", TERMINAL),
                Arguments.of("{\"d\\u006fne\":true}", TERMINAL),
                Arguments.of("{\"done\":false,"
                        + "\"message\":{\"tool_calls\":[{\"function\":{\"arguments\":{\"done\":true}}}]}}", DATA),
                Arguments.of("{\"message\":{\"error\":\"x\",\"status\":\"success\"},\"done\":false}", DATA),
                Arguments.of("{\"response\":\"{\\\"done\\\":true}\",\"done\":false}", DATA),
                Arguments.of("{\"response\":\"\\\"done\\\": true, \\\"error\\\": 1\",\"done\":false}", DATA),
                Arguments.of("{\"response\":\"error\",\"x\":\"done\",\"done\":false}", DATA),
                Arguments.of("{\"done\":\"true\"}", DATA),
                Arguments.of("{\"status\":\"success\"}", TERMINAL),
                Arguments.of("{\"status\":\"s\\u0075ccess\"}", TERMINAL),
                Arguments.of("{\"status\":\"pulling manifest\"}", DATA),
                Arguments.of("{\"status\":\"success story\"}", DATA),
                Arguments.of("{\"error\":\"boom\"}", FAILURE),
                Arguments.of("{\"error\":{\"message\":\"boom\"}}", FAILURE),
                Arguments.of("{\"err\\u006fr\":\"boom\"}", FAILURE),
                Arguments.of("{\"error\":\"{\\\"error\\\":{\\\"message\\\":\\\"boom\\\"}}\"}", FAILURE),
                Arguments.of("{\"done\":true,\"error\":\"boom\"}", FAILURE),
                Arguments.of("{\"done\":true,\"error\":null}", TERMINAL),
                Arguments.of("{\"done\":true", DATA),
                Arguments.of("{\"done\":true} trailing", DATA),
                Arguments.of("[{\"done\":true}]", DATA),
                Arguments.of("{\"a\":[{\"done\":true},{\"error\":\"x\"}],\"done\":false}", DATA),
                Arguments.of("not JSON \"error\": at all", DATA),
                Arguments.of("\"error\":", DATA),
                Arguments.of("{\"error\":" + "[".repeat(100_000), DATA),
                Arguments.of("", DATA));
    }

    @ParameterizedTest
    @MethodSource("lines")
    void classify_line_goesByTheOutermostFields(String line, FrameKind expected) {
        assertThat(FrameClassifier.classify(Framing.LINES, frame(line))).isEqualTo(expected);
    }

    static Stream<Arguments> events() {
        return Stream.of(
                Arguments.of("data: {\"choices\":[]}", DATA),
                Arguments.of("data: {\"model\":\"\",\"choices\":[{\"delta\":{\"content\":\"\"},"
                        + "\"finish_reason\":null}]}", DATA),
                Arguments.of("data: [DONE]", TERMINAL),
                Arguments.of("data:[DONE] ", TERMINAL),
                Arguments.of(": c\r\ndata: [DONE]", TERMINAL),
                Arguments.of("data: {\"content\":\"[DONE]\"}", DATA),
                Arguments.of("event: message_stop\ndata: {\"type\":\"message_stop\"}", TERMINAL),
                Arguments.of("event: message_stop", TERMINAL),
                Arguments.of("event:response.completed\ndata: {\"response\":{\"error\":null}}", TERMINAL),
                Arguments.of("event: response.incomplete\ndata: {}", TERMINAL),
                Arguments.of("event: response.failed\ndata: {\"response\":{\"error\":{\"message\":\"boom\"}}}",
                        FAILURE),
                Arguments.of("event: error\ndata: {\"type\":\"error\",\"error\":{\"message\":\"boom\"}}", FAILURE),
                Arguments.of("data: {\"error\":{\"message\":\"boom\"}}", FAILURE),
                Arguments.of("data: {\"error\":\"boom\"}", FAILURE),
                Arguments.of("data: {\"error\":null,\"choices\":[]}", DATA),
                Arguments.of("data: {\"choices\":[{\"error\":\"x\"}]}", DATA),
                Arguments.of("data: {\"a\":\ndata: 1,\"error\":\"boom\"}", FAILURE),
                Arguments.of("event: message_delta\ndata: {\"done\":true}", DATA),
                Arguments.of("database: [DONE]", DATA),
                Arguments.of("data: oops", DATA),
                Arguments.of(": comment", DATA));
    }

    @ParameterizedTest
    @MethodSource("events")
    void classify_event_goesByNameAndData(String event, FrameKind expected) {
        assertThat(FrameClassifier.classify(Framing.EVENTS, frame(event))).isEqualTo(expected);
    }

    @Test
    void classify_document_isAlwaysData() {
        assertThat(FrameClassifier.classify(Framing.DOCUMENT, frame("{\"error\":1}"))).isEqualTo(DATA);
    }

    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of(Framing.LINES, "{\"error\":\"runner stopped\"}", "runner stopped"),
                Arguments.of(Framing.LINES, "{\"error\":\"{\\\"error\\\":{\\\"message\\\":\\\"inner\\\"}}\"}", "inner"),
                Arguments.of(Framing.LINES, "{\"error\":\"\"}", "the server reported a failure without saying why"),
                Arguments.of(Framing.EVENTS, "data: {\"error\":{\"message\":\"boom\",\"type\":\"t\"}}", "boom"),
                Arguments.of(Framing.EVENTS, "event: error\ndata: {\"type\":\"error\",\"error\":{\"message\":\"b\"}}",
                        "b"),
                Arguments.of(
                        Framing.EVENTS,
                        "event: response.failed\ndata: {\"type\":\"x\","
                                + "\"response\":{\"error\":{\"message\":\"boom\"}}}",
                        "boom"),
                Arguments.of(Framing.EVENTS, "event: error", "the server reported a failure without saying why"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void failureMessage_failure_isTheServersOwnText(Framing framing, String frame, String expected) {
        assertThat(FrameClassifier.classify(framing, frame(frame))).isEqualTo(FAILURE);
        assertThat(FrameClassifier.failureMessage(framing, frame(frame))).isEqualTo(expected);
    }

    /** What the scan passes, the parser would have passed too: the scan saves time and decides nothing. */
    @Test
    void mayMatter_usualTokenLine_isPassedWithoutParsing() {
        assertThat(mayContainMarker(TOKEN)).isFalse();
        String escapes = "{\"response\":\"\\u003cb\\u003e \\\"error\\\":\",\"done\":false}";
        assertThat(mayContainMarker(escapes)).isFalse();
    }

    /** Wherever a marker begins, and whatever stands around it. */
    @ParameterizedTest
    @ValueSource(strings = {
        "\"done\":true", "\"done\" : true", "\"done\":\t\n true", "\"status\":\"success\"", "\"error\":\"e\"", "\"error\":{}",
        "\"\\u0064one\":true", "\"e\\u0072ror\":\"e\""
    })
    void mayMatter_signAtAnyPlace_isNotOverlooked(String sign) {
        for (int before = 0; before <= 2 * Long.BYTES; before++) {
            for (int after = 0; after <= 2 * Long.BYTES; after++) {
                String line = "{\"" + "\u00bb:".repeat(before) + "\":[]," + sign + " ".repeat(after) + "}";
                assertThat(mayContainMarker(line)).as(line).isTrue();
                assertThat(FrameMarkers.of(line.getBytes(UTF_8), 0, line.getBytes(UTF_8).length)).as(line)
                        .isNotEqualTo(new FrameMarkers(false, false, false));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ":", "::", "\":t", "done\":true", "\"done\"", "\"done\":", "\"error\":  ", "\\", "\\u", "\\u00", "   :"})
    void mayMatter_brokenText_isPassed(String text) {
        assertThat(mayContainMarker(text)).isFalse();
    }

    /** Only the content of a frame counts: what surrounds it here would change each verdict. */
    private static Frame frame(String content) {
        byte[] before = "{\"done\":true}\n\nevent: error\n".getBytes(UTF_8);
        byte[] bytes = ("{\"done\":true}\n\nevent: error\n" + content + "\nevent: message_stop:\"error\":1}").getBytes(UTF_8);
        return Frame.data(bytes, before.length, content.getBytes(UTF_8).length);
    }

    private static boolean mayContainMarker(String text) {
        byte[] bytes = ("\"done\":" + text + ":true").getBytes(UTF_8);
        return FrameMarkers.mayContainMarker(bytes, 7, bytes.length - 5);
    }
}
