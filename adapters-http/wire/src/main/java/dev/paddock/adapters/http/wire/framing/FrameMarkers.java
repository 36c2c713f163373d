package dev.paddock.adapters.http.wire.framing;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.paddock.adapters.http.wire.json.JsonStreams;
import java.io.IOException;
import java.util.Arrays;

/**
 * The fields of the outermost object of a frame that mean more than data. All are false when the frame is not one JSON object.
 *
 * @param hasError whether there is an {@code error} that is not null
 * @param isDone whether {@code done} is true
 * @param isSuccess whether {@code status} is {@code success}
 */
record FrameMarkers(boolean hasError, boolean isDone, boolean isSuccess) {

    static final FrameMarkers NONE = new FrameMarkers(false, false, false);

    private static final ByteSearch COLON_OR_ESCAPE = ByteSearch.of(':', '\\');
    private static final byte[] DONE = "\"done\"".getBytes(US_ASCII);
    private static final byte[] ERROR = "\"error\"".getBytes(US_ASCII);
    private static final byte[] STATUS = "\"status\"".getBytes(US_ASCII);
    private static final byte[] UNICODE_ESCAPE = "u00".getBytes(US_ASCII);

    /** Reads the markers in a range of bytes, which is parsed only if a scan finds that there may be some. */
    static FrameMarkers of(byte[] bytes, int offset, int length) {
        if (!mayContainMarker(bytes, offset, offset + length)) {
            return NONE;
        }
        try (JsonParser parser = JsonStreams.parser(bytes, offset, length)) {
            return read(parser);
        } catch (IOException notJson) {
            return NONE;
        }
    }

    private static FrameMarkers read(JsonParser parser) throws IOException {
        boolean hasError = false;
        boolean isDone = false;
        boolean isSuccess = false;
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            return NONE;
        }
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            JsonToken value = parser.nextToken();
            switch (name) {
                case "error" -> hasError |= value != JsonToken.VALUE_NULL;
                case "done" -> isDone |= value == JsonToken.VALUE_TRUE;
                case "status" -> isSuccess |= value == JsonToken.VALUE_STRING && parser.getText().equals("success");
                default -> {
                    // no marker
                }
            }
            parser.skipChildren();
        }
        return parser.nextToken() == null ? new FrameMarkers(hasError, isDone, isSuccess) : NONE;
    }

    /** Looks for markers without parsing. A hit may be false (the marker stands in a nested object or in a text), but none is missed. */
    static boolean mayContainMarker(byte[] json, int from, int end) {
        for (int index = from; (index = COLON_OR_ESCAPE.next(json, index, end)) < end; index++) {
            if (json[index] == ':' ? isMarker(json, from, index, end) : isEscapedLetter(json, index + 1, end)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isMarker(byte[] json, int from, int colon, int end) {
        int keyEnd = colon;
        while (keyEnd > from && isSpace(json[keyEnd - 1])) {
            keyEnd--;
        }
        if (keyEnd - from < DONE.length) {
            return false;
        }
        return switch (json[keyEnd - 2]) {
            case 'e' -> endsWith(json, from, keyEnd, DONE) && firstOfValue(json, colon, end) == 't';
            case 's' -> endsWith(json, from, keyEnd, STATUS) && firstOfValue(json, colon, end) == '"';
            case 'r' -> endsWith(json, from, keyEnd, ERROR) && firstOfValue(json, colon, end) >= 0;
            default -> false;
        };
    }

    /** Returns the first byte behind a colon that is no white space, or -1 when there is none. */
    private static int firstOfValue(byte[] json, int colon, int end) {
        int index = colon + 1;
        while (index < end && isSpace(json[index])) {
            index++;
        }
        return index < end ? json[index] : -1;
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
}
