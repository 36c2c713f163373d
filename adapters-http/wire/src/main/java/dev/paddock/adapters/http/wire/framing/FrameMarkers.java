package dev.paddock.adapters.http.wire.framing;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.paddock.adapters.http.wire.json.JsonStreams;
import java.io.IOException;

/**
 * The fields of the outermost object of a frame that mean more than data. All are false when the frame is not one JSON object.
 *
 * @param hasError whether there is an {@code error} that is not null
 * @param isDone whether {@code done} is true
 * @param isSuccess whether {@code status} is {@code success}
 */
record FrameMarkers(boolean hasError, boolean isDone, boolean isSuccess) {

    static final FrameMarkers NONE = new FrameMarkers(false, false, false);

    /** Reads the markers in a range of bytes, which is parsed only if a scan finds that there may be some. */
    static FrameMarkers of(byte[] bytes, int offset, int length) {
        if (!MarkerScanner.mayContainMarker(bytes, offset, offset + length)) {
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
}
