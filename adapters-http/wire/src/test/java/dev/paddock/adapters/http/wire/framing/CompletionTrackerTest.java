package dev.paddock.adapters.http.wire.framing;

import static dev.paddock.adapters.http.wire.framing.FrameKind.DATA;
import static dev.paddock.adapters.http.wire.framing.FrameKind.FAILURE;
import static dev.paddock.adapters.http.wire.framing.FrameKind.HEARTBEAT;
import static dev.paddock.adapters.http.wire.framing.FrameKind.TERMINAL;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.domain.error.GenerationFailedException;
import dev.paddock.domain.error.MalformedResponseException;
import dev.paddock.domain.error.TruncatedResponseException;
import dev.paddock.domain.exchange.Frame;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CompletionTrackerTest {

    private static final String FINISHED = "{\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}";
    private static final String CONTINUES = "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"a\"},\"finish_reason\":null}]}";
    private static final String TOKEN =
            "{\"model\":\"m\",\"created_at\":\"2026-01-01T00:00:00Z\",\"message\":{\"role\":\"assistant\","
                    + "\"content\":\" a\"},"
                    + "\"done\":false}";

    private final CompletionTracker tracker = new CompletionTracker("the server");

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
                Arguments.of("not JSON \"error\": at all", HEARTBEAT),
                Arguments.of("\"error\":", HEARTBEAT),
                Arguments.of("{\"error\":" + "[".repeat(100_000), DATA),
                Arguments.of("", HEARTBEAT));
    }

    @ParameterizedTest
    @MethodSource("lines")
    void add_line_goesByTheOutermostFields(String line, FrameKind expected) {
        assertThat(tracker.add(frame(line))).isEqualTo(expected);
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
                Arguments.of("data: {\"choices\":[{\"error\":\"x\"}]}", FAILURE),
                Arguments.of("data: {\"a\":\ndata: 1,\"error\":\"boom\"}", FAILURE),
                Arguments.of("event: message_delta\ndata: {\"done\":true}", DATA),
                Arguments.of("database: [DONE]", DATA),
                Arguments.of("data: oops", HEARTBEAT),
                Arguments.of(": comment", HEARTBEAT));
    }

    @ParameterizedTest
    @MethodSource("events")
    void add_eventAfterTheFinishReason_goesByNameAndData(String event, FrameKind expected) {
        tracker.add(frame("data: " + FINISHED));

        assertThat(tracker.add(frame(event))).isEqualTo(expected);
    }

    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of("{\"error\":\"runner stopped\"}", "runner stopped"),
                Arguments.of("{\"error\":\"{\\\"error\\\":{\\\"message\\\":\\\"inner\\\"}}\"}", "inner"),
                Arguments.of("{\"error\":\"\"}", "the server reported a failure without saying why"),
                Arguments.of("data: {\"error\":{\"message\":\"boom\",\"type\":\"t\"}}", "boom"),
                Arguments.of("event: error\ndata: {\"type\":\"error\",\"error\":{\"message\":\"b\"}}",
                        "b"),
                Arguments.of(
                        "event: response.failed\ndata: {\"type\":\"x\","
                                + "\"response\":{\"error\":{\"message\":\"boom\"}}}",
                        "boom"),
                Arguments.of("event: error", "the server reported a failure without saying why"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void failure_reported_isTheServersOwnText(String frame, String expected) {
        assertThat(tracker.add(frame(frame))).isEqualTo(FAILURE);
        assertThat(tracker.failure()).isInstanceOf(GenerationFailedException.class).hasMessage("the server failed: " + expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[DONE]", "\"[DONE]\"", "[done]", " \t[Done] ", "\" [DONE] \""})
    void add_done_endsOnlyWhatIsComplete(String done) {
        assertThat(new CompletionTracker("the server").add(frame("data: " + done))).isEqualTo(FAILURE);
        tracker.add(frame("data: " + CONTINUES));
        assertThat(tracker.isComplete()).isFalse();
        tracker.add(frame("data: " + FINISHED));
        assertThat(tracker.isComplete()).isTrue();
        assertThat(tracker.add(frame("data: " + done))).isEqualTo(TERMINAL);
    }

    @Test
    void add_doneWithoutFinishReason_isTruncated() {
        tracker.add(frame("data: " + CONTINUES));

        assertThat(tracker.add(frame("data: [DONE]"))).isEqualTo(FAILURE);
        assertThat(tracker.failure()).isInstanceOf(TruncatedResponseException.class);
    }

    @Test
    void add_doneAndNothingElse_hasNoChoice() {
        tracker.add(frame("data: [DONE]"));

        assertThat(tracker.failure()).isInstanceOf(MalformedResponseException.class).hasMessageContaining("no choice");
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "\"\"", "false"})
    void isComplete_noFinishReason_isFalse(String reason) {
        tracker.add(frame("data: " + FINISHED.replace("\"stop\"", reason)));

        assertThat(tracker.isComplete()).isFalse();
        assertThat(tracker.failure()).isInstanceOf(TruncatedResponseException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"stop\"", "\"length\"", "\"a new one\"", "5", "{\"type\":\"stop\"}"})
    void isComplete_anyFinishReason_isTrue(String reason) {
        tracker.add(frame("data: " + CONTINUES));
        tracker.add(frame("data: " + FINISHED.replace("\"stop\"", reason)));
        tracker.add(frame("data: {\"choices\":[],\"usage\":{\"prompt_tokens\":1}}"));

        assertThat(tracker.isComplete()).isTrue();
    }

    @Test
    void isComplete_severalChoices_needsEachOfThem() {
        tracker.add(frame("data: " + CONTINUES));
        tracker.add(frame("data: " + CONTINUES.replace(":0", ": 1")));
        tracker.add(frame("data: " + FINISHED));
        assertThat(tracker.isComplete()).isFalse();

        tracker.add(frame("data: " + FINISHED.replace(":0", ":1")));
        assertThat(tracker.isComplete()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\"}}",
        "{\"type\":\"message_stop\"}",
        "{\"type\":\"response.completed\",\"response\":{\"error\":null}}",
        "{\"response\":{},\"type\" : \"response.incomplete\"}",
        "{\"type\":\"response.output_text.delta\",\"delta\":\"x\"}"
    })
    void isComplete_typeInTheDataOnly_isAsGoodAsTheNameOfTheEvent(String data) {
        tracker.add(frame("data: {\"type\":\"message_start\",\"message\":{\"role\":\"assistant\",\"stop_reason\":null}}"));
        FrameKind kind = tracker.add(frame("data: " + data));

        assertThat(tracker.isComplete()).isEqualTo(!data.contains("output_text"));
        assertThat(kind).isEqualTo(data.contains("delta") ? DATA : TERMINAL);
    }

    static Stream<Arguments> reports() {
        return Stream.of(
                Arguments.of("error: {\"code\":400,\"message\":\"boom\"}", 400),
                Arguments.of("error: boom", null),
                Arguments.of("{\"error\":{\"message\":\"boom\",\"type\":\"not_found_error\"}}", 404),
                Arguments.of("{\"error\":\"boom\"}\ndata: [DONE]", null),
                Arguments.of("data: {\"x\":1}\n{\"error\":\"boom\",\"status\":503}", 503),
                Arguments.of("data: {\"object\":\"error\",\"message\":\"boom\",\"code\":\"429\"}", 429),
                Arguments.of("data: {\"detail\":\"boom\"}", null),
                Arguments.of("data: {\"code\":502,\"msg\":\"boom\",\"data\":null,\"success\":false}", 502),
                Arguments.of("data: {\"success\":false,\"errors\":[{\"code\":7003,\"message\":\"boom\"}]}", null),
                Arguments.of("data: {\"status\":\"failed\",\"message\":\"boom\"}", null),
                Arguments.of("data: {\"choices\":[{\"error\":{\"code\":500,\"message\":\"boom\"}}]}", 500),
                Arguments.of("data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"error\",\"message\":\"boom\"}]}", null),
                Arguments.of("data: {\"type\":\"response.failed\",\"response\":{\"error\":{\"message\":\"boom\"}}}", null),
                Arguments.of("data: {\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"boom\"}}", 503));
    }

    @ParameterizedTest
    @MethodSource("reports")
    void failure_inEveryForm_hasTheTextAndTheStatusOfTheServer(String frame, Integer status) {
        assertThat(tracker.add(frame(frame))).isEqualTo(FAILURE);
        assertThat(tracker.failure()).hasMessage("the server failed: boom");
        assertThat(((GenerationFailedException) tracker.failure()).report().status()).isEqualTo(status);
    }

    /** Frames that may stand between the pieces of an answer. */
    @ParameterizedTest
    @ValueSource(strings = {
        "data: {}", "data: []", "data: {\"status\":\"loading\",\"message\":\"50 %\"}", "data: {\"id\":\"c\",\"message\":\"hello\"}",
        "data: {\"error\":\"\",\"choices\":[{\"delta\":{}}]}"
    })
    void add_frameThatIsNoPiece_changesNothing(String frame) {
        requireNoEffect(frame, DATA);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "data: null", "data: ping", "data: \"ping\"", "event: ping", "event: keep-alive\ndata: {}", "data: {\"type\":\"ping\"}", "foo: bar", ": c"
    })
    void add_heartbeat_changesNothing(String frame) {
        requireNoEffect(frame, HEARTBEAT);
    }

    private void requireNoEffect(String frame, FrameKind kind) {
        assertThat(tracker.add(frame(frame))).isEqualTo(kind);
        tracker.add(frame("data: " + CONTINUES));
        assertThat(tracker.add(frame(frame))).isEqualTo(kind);
        assertThat(tracker.isComplete()).isFalse();
        tracker.add(frame("data: " + FINISHED));
        assertThat(tracker.add(frame(frame))).isEqualTo(kind);
        assertThat(tracker.isComplete()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Internal Server Error", "<html><title>Bad Gateway</title></html>", "{\"id\":\"c\",\"message\":\"no memory\"}"})
    void failure_textAndNoAnswer_isTheText(String text) {
        tracker.add(frame(text));

        assertThat(tracker.add(frame("data: [DONE]"))).isEqualTo(FAILURE);
        assertThat(tracker.failure()).isInstanceOf(GenerationFailedException.class)
                .message().containsAnyOf("Internal Server Error", "Bad Gateway", "no memory");
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
        "\"done\":true", "\"done\" : true", "\"done\":\t\n true", "\"status\":\"success\"", "\"error\":\"e\"", "\"error\":{\"a\":1}", "\"error\":1",
        "\"\\u0064one\":true", "\"e\\u0072ror\":\"e\""
    })
    void mayMatter_signAtAnyPlace_isNotOverlooked(String sign) {
        byte[] nothingElse = ("{" + sign + "}").getBytes(UTF_8);
        assertThat(MarkerScan.mayContainMarker(nothingElse, 0, nothingElse.length)).isTrue();
        for (int before = 0; before <= 2 * Long.BYTES; before++) {
            for (int after = 0; after <= 2 * Long.BYTES; after++) {
                String line = "{\"" + "\u00bb:".repeat(before) + "\":[]," + sign + " ".repeat(after) + "}";
                assertThat(mayContainMarker(line)).as(line).isTrue();
                assertThat(FrameMarkers.of(line.getBytes(UTF_8), 0, line.getBytes(UTF_8).length)).as(line)
                        .matches(markers -> markers.hasError() || markers.isTerminal());
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
        return MarkerScan.mayContainMarker(bytes, 7, bytes.length - 5);
    }
}
