package dev.paddock.adapters.http.wire.framing;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.paddock.adapters.http.wire.json.ErrorBodyParser;
import dev.paddock.adapters.http.wire.json.JsonStreams;
import dev.paddock.adapters.http.wire.json.PlainJson;
import dev.paddock.adapters.http.wire.json.ReportedError;
import java.io.IOException;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The fields of the outermost object of a frame that mean more than data. There are none when the frame is not one JSON object.
 *
 * @param hasError whether the object reports an error
 * @param isTerminal whether {@code done} is true or {@code status} is {@code success}
 * @param isPiece whether the object is a piece of an answer in an API that is known
 * @param type the {@code type}, empty when there is none
 * @param choices the indexes of the choices
 * @param finishedChoices the indexes of the choices that have a finish reason
 */
record FrameMarkers(
        boolean hasError, boolean isTerminal, boolean isPiece, String type, BitSet choices, BitSet finishedChoices) {

    private static final int MOST_CHOICES = 4096;
    private static final ByteSearch COLON_OR_ESCAPE = ByteSearch.of(':', '\\');
    private static final byte[] UNICODE_ESCAPE = "u00".getBytes(US_ASCII);
    private static final byte[] INDEX = "\"index\"".getBytes(US_ASCII);

    /** Fields that are read; of the others only the names count. */
    private static final Set<String> READ = Set.of(
            "error", "object", "type", "code", "status", "message", "msg", "detail", "errors", "choices", "delta", "done", "done_reason");

    /** Fields of which one is enough for a piece of an answer. */
    private static final Set<String> PIECES = Set.of("done", "response", "delta", "usage", "prompt_eval_count");

    private static final String NOT_NULL = "!";
    private static final Marker[] NO_MARKERS = {};

    /** Keys, and the beginnings of those values that make a marker; the empty beginning is any value. Grouped by the last letter. */
    private static final Marker[][] MARKERS = byLastLetter(
            Marker.failure("error", ""),
            Marker.failure("errors", ""),
            Marker.failure("detail", ""),
            Marker.failure("message", "\""),
            Marker.failure("msg", "\""),
            Marker.failure("object", "\"error"),
            Marker.failure("done_reason", "\"error"),
            Marker.failure("finish_reason", "\"error"),
            Marker.failure("type", "\"error"),
            Marker.failure("type", "\"response.failed"),
            new Marker("done", "t"),
            new Marker("status", "\""),
            new Marker("finish_reason", NOT_NULL),
            new Marker("stop_reason", NOT_NULL),
            new Marker("type", "\"message_stop"),
            new Marker("type", "\"response.completed"),
            new Marker("type", "\"response.incomplete"),
            new Marker("type", "\"ping"),
            new Marker("type", "\"heartbeat"),
            new Marker("type", "\"keep"));

    /** Reads the markers in a range of bytes. */
    static FrameMarkers of(byte[] bytes, int offset, int length) {
        try (JsonParser parser = JsonStreams.parser(bytes, offset, length)) {
            Map<String, @Nullable Object> fields = read(parser);
            return parser.nextToken() == null ? of(fields) : of(Map.of());
        } catch (IOException notJson) {
            return of(Map.of());
        }
    }

    /** Returns the text of a frame that is no piece of an answer, or the empty text when it says nothing. */
    static String unknownText(byte[] content) {
        String text = new String(content, UTF_8).strip();
        if (text.matches("(?s)null|true|false|[\"\\[].*|[-+.0-9]*")) {
            return "";
        }
        if (!text.startsWith("{")) {
            return ErrorBodyParser.message(content, "");
        }
        try {
            return PlainJson.fromText(text) instanceof Map<?, ?> map && hasText(map) ? ErrorBodyParser.message(content, "") : "";
        } catch (IllegalArgumentException notJson) {
            return "";
        }
    }

    @SuppressWarnings("unchecked") // JSON objects have names as keys
    private static boolean hasText(Map<?, ?> map) {
        return ReportedError.hasText((Map<String, ?>) map);
    }

    private static Map<String, @Nullable Object> read(JsonParser parser) throws IOException {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            return Map.of();
        }
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            JsonToken value = parser.nextToken();
            // A value that is not read is none of those that mean something.
            boolean isRead = READ.contains(name) && (value != JsonToken.START_OBJECT || !name.equals("message"));
            if (isRead) {
                fields.put(name, PlainJson.read(parser));
            } else {
                fields.put(name, value);
                parser.skipChildren();
            }
        }
        return fields;
    }

    private static FrameMarkers of(Map<String, @Nullable Object> fields) {
        BitSet choices = new BitSet();
        BitSet finished = new BitSet();
        if (fields.get("choices") instanceof List<?> list) {
            for (int position = 0; position < list.size(); position++) {
                if (list.get(position) instanceof Map<?, ?> choice) {
                    int index = choice.get("index") instanceof Integer given ? given : position;
                    note(index, choices);
                    if (isReason(choice.get("finish_reason"))) {
                        note(index, finished);
                    }
                }
            }
        }
        if (fields.get("delta") instanceof Map<?, ?> delta && isReason(delta.get("stop_reason"))) {
            note(0, choices);
            note(0, finished);
        }
        String type = fields.get("type") instanceof String text ? text : "";
        boolean isPiece = !choices.isEmpty()
                || fields.get("message") == JsonToken.START_OBJECT
                || fields.get("status") instanceof String
                || fields.containsKey("choices")
                || !type.isEmpty()
                || PIECES.stream().anyMatch(fields::containsKey);
        boolean terminal = Boolean.TRUE.equals(fields.get("done")) || "success".equals(fields.get("status"));
        return new FrameMarkers(ReportedError.isError(fields), terminal, isPiece, type, choices, finished);
    }

    /** Some servers send an empty reason while the choice continues. */
    private static boolean isReason(@Nullable Object reason) {
        return !ReportedError.isNone(reason);
    }

    private static void note(int index, BitSet indexes) {
        if (index >= 0 && index < MOST_CHOICES) {
            indexes.set(index);
        }
    }

    /** Looks for markers without parsing. A hit may be false (the marker stands in a nested object or in a text), but none is missed. */
    static boolean mayContainMarker(byte[] json, int from, int end) {
        return mayContain(false, json, from, end);
    }

    /** Looks for the markers of a failure; otherwise the same. */
    static boolean mayContainFailure(byte[] json, int from, int end) {
        return mayContain(true, json, from, end);
    }

    private static boolean mayContain(boolean failuresOnly, byte[] json, int from, int end) {
        for (int index = from; (index = COLON_OR_ESCAPE.next(json, index, end)) < end; index++) {
            if (json[index] == ':' ? isMarker(failuresOnly, json, from, index, end) : isEscapedLetter(json, index + 1, end)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isMarker(boolean failuresOnly, byte[] json, int from, int colon, int end) {
        int keyEnd = colon;
        while (keyEnd > from && isSpace(json[keyEnd - 1])) {
            keyEnd--;
        }
        int value = colon + 1;
        while (value < end && isSpace(json[value])) {
            value++;
        }
        if (keyEnd - from < 5 || value == end || json[keyEnd - 1] != '"') { // the shortest key is "msg" with its quotes
            return false;
        }
        byte last = json[keyEnd - 2];
        if (last == 'x' && !failuresOnly) {
            return endsWith(json, from, keyEnd, INDEX) && json[value] != '0';
        }
        for (Marker marker : last < 0 ? NO_MARKERS : MARKERS[last]) {
            if ((marker.isFailure || !failuresOnly) && marker.isAt(json, from, keyEnd, value, end)) {
                return true;
            }
        }
        return false;
    }

    private static Marker[][] byLastLetter(Marker... markers) {
        Marker[][] byLastLetter = new Marker[Byte.MAX_VALUE + 1][];
        for (int letter = 0; letter < byLastLetter.length; letter++) {
            int last = letter;
            byLastLetter[letter] = Arrays.stream(markers).filter(marker -> marker.lastLetter() == last).toArray(Marker[]::new);
        }
        return byLastLetter;
    }

    private static boolean startsWith(byte[] json, int start, int end, byte[] expected) {
        return end - start >= expected.length && Arrays.equals(json, start, start + expected.length, expected, 0, expected.length);
    }

    private static boolean endsWith(byte[] json, int from, int end, byte[] expected) {
        int start = end - expected.length;
        return start >= from && Arrays.equals(json, start, end, expected, 0, expected.length);
    }

    /** A letter of a key may be written as an escape. Servers do not do so, but then the marker would be missed. */
    private static boolean isEscapedLetter(byte[] json, int start, int end) {
        int digit = start + UNICODE_ESCAPE.length;
        return digit < end && endsWith(json, start, digit, UNICODE_ESCAPE) && (json[digit] == '6' || json[digit] == '7');
    }

    private static boolean isSpace(byte character) {
        return character == ' ' || character == '\t' || character == '\r' || character == '\n';
    }

    /** A key with its quotes, and the beginning of its value. */
    private static final class Marker {

        private final byte[] key;
        private final byte[] value;
        private final boolean notNull; // whether any value but null counts
        private final boolean isFailure;

        Marker(String key, String value) {
            this(key, value, false);
        }

        private Marker(String key, String value, boolean isFailure) {
            this.key = ("\"" + key + "\"").getBytes(US_ASCII);
            this.value = value.getBytes(US_ASCII);
            this.notNull = value.equals(NOT_NULL);
            this.isFailure = isFailure;
        }

        /** Returns a marker of an object that may report an error. */
        static Marker failure(String key, String value) {
            return new Marker(key, value, true);
        }

        byte lastLetter() {
            return key[key.length - 2];
        }

        boolean isAt(byte[] json, int from, int keyEnd, int valueStart, int end) {
            int start = keyEnd - key.length;
            return start >= from
                    && json[start] == '"' // most keys of this last letter have another length or beginning
                    && json[start + 1] == key[1]
                    && endsWith(json, from, keyEnd, key)
                    && (notNull ? json[valueStart] != 'n' : startsWith(json, valueStart, end, value));
        }
    }
}
