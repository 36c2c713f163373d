package dev.paddock.adapters.http.wire.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.paddock.domain.exchange.RequestBody;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Finds a text among the fields of the outermost object of a request, as Ollama's server does: it ignores the case of the name, takes the
 * last of several fields, and ignores what follows the object. It is one pass, and other long texts are skipped without being decoded.
 * Thread-safe.
 */
public final class TopLevelStringField {

    private TopLevelStringField() {}

    /**
     * Returns the text of a field, or null when there is none, its value is no text or a very long one, or the bytes are no JSON object
     * within the limits of {@link JsonStreams}. Never throws. It copies nothing, and it needs little memory, however large the body is.
     *
     * @param json a body in memory
     */
    public static @Nullable String find(RequestBody json, String name) {
        try (JsonParser parser = JsonStreams.fieldParser(new BodyInputStream(json))) {
            return find(parser, name);
        } catch (IOException notJson) {
            return null; // the reader of the whole request reports it
        }
    }

    private static @Nullable String find(JsonParser parser, String wanted) throws IOException {
        String text = null;
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            return null;
        }
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            JsonToken value = parser.nextToken();
            if (name.equalsIgnoreCase(wanted)) {
                text = value == JsonToken.VALUE_STRING ? parser.getText() : null;
            }
            parser.skipChildren();
        }
        return text;
    }
}
