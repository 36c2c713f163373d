package dev.paddock.adapters.http.wire.framing;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.paddock.adapters.http.wire.json.Json;
import java.io.IOException;

/**
 * The fields of the outermost object of a frame that say more than data. All are false when the frame is not one JSON
 * object.
 *
 * @param hasError whether there is an {@code error} that is not null
 * @param isDone whether {@code done} is true
 * @param isSuccess whether {@code status} is {@code success}
 */
record TopLevelSigns(boolean hasError, boolean isDone, boolean isSuccess) {

    private static final TopLevelSigns NONE = new TopLevelSigns(false, false, false);

    static TopLevelSigns of(byte[] frame) {
        try (JsonParser parser = Json.parser(frame)) {
            return read(parser);
        } catch (IOException notJson) {
            return NONE;
        }
    }

    private static TopLevelSigns read(JsonParser parser) throws IOException {
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
                    // any other field says nothing here
                }
            }
            parser.skipChildren();
        }
        return parser.nextToken() == null ? new TopLevelSigns(hasError, isDone, isSuccess) : NONE;
    }
}
