package dev.paddock.adapters.http.wire.framing;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.paddock.adapters.http.wire.json.ErrorBodyParser;
import dev.paddock.adapters.http.wire.json.JsonExcerpt;
import dev.paddock.adapters.http.wire.json.JsonStreams;
import dev.paddock.adapters.http.wire.json.ReportedError;
import java.io.IOException;
import java.util.ArrayList;
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
    private static final int MOST_FIELDS = 1000;

    /** Fields that are read; of the others only the names count. */
    private static final Set<String> READ = Set.of(
            "error", "object", "type", "code", "status", "message", "msg", "detail", "errors", "error_msg", "error_message", "errorMessage",
            "choices", "delta", "data", "done", "done_reason");

    /** Fields of a choice or a delta that are read. */
    private static final Set<String> REASONS = Set.of("index", "finish_reason", "stop_reason", "error");

    /** Fields of which one is enough for a piece of an answer. */
    private static final Set<String> PIECES = Set.of("done", "response", "delta", "usage", "prompt_eval_count");

    private static final FrameMarkers NONE = of(Map.of());

    /** Reads the markers in a range of bytes. */
    static FrameMarkers of(byte[] bytes, int offset, int length) {
        try (JsonParser parser = JsonStreams.parser(bytes, offset, length)) {
            if (parser.nextToken() == JsonToken.START_ARRAY) {
                FrameMarkers first = parser.nextToken() == JsonToken.START_OBJECT ? of(read(parser)) : NONE;
                return first.hasError() ? first : NONE; // no API sends pieces so
            }
            Map<String, @Nullable Object> fields = read(parser);
            return parser.nextToken() == null ? of(fields) : NONE;
        } catch (IOException notJson) {
            return NONE;
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
        Map<String, @Nullable Object> object = JsonExcerpt.ofObject(text);
        return object != null && ReportedError.hasText(object) ? ErrorBodyParser.message(content, "") : "";
    }

    private static Map<String, @Nullable Object> read(JsonParser parser) throws IOException {
        if (!parser.hasToken(JsonToken.START_OBJECT)) {
            return Map.of();
        }
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            JsonToken value = parser.nextToken();
            boolean isRead = READ.contains(name) && (value != JsonToken.START_OBJECT || !name.equals("message"));
            if (isRead) {
                fields.put(name, readField(name, parser));
                continue;
            }
            if (fields.size() < MOST_FIELDS || PIECES.contains(name)) {
                fields.put(name, value); // none of the values that mean something
            }
            parser.skipChildren();
        }
        return fields;
    }

    /** What is long is read in parts: a choice has its reason behind its text and the probabilities of its tokens. */
    private static @Nullable Object readField(String name, JsonParser parser) throws IOException {
        if (name.equals("choices") && parser.hasToken(JsonToken.START_ARRAY)) {
            return readChoices(parser);
        }
        return name.equals("delta") && parser.hasToken(JsonToken.START_OBJECT) ? readReasons(parser) : JsonExcerpt.read(parser);
    }

    private static List<@Nullable Object> readChoices(JsonParser parser) throws IOException {
        List<@Nullable Object> choices = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (choices.size() < MOST_CHOICES) {
                choices.add(parser.hasToken(JsonToken.START_OBJECT) ? readReasons(parser) : JsonExcerpt.read(parser));
            } else {
                parser.skipChildren();
            }
        }
        return choices;
    }

    /** Reads which choice an object is, and why it ends. */
    private static Map<String, @Nullable Object> readReasons(JsonParser parser) throws IOException {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            parser.nextToken();
            if (REASONS.contains(name)) {
                fields.put(name, JsonExcerpt.read(parser));
            } else {
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
                || fields.get("choices") instanceof List
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
}
