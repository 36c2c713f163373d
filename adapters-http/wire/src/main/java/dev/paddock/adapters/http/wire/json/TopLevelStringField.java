package dev.paddock.adapters.http.wire.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Finds a text among the fields of the outermost object of a request, as Ollama's server would: whatever the case of the name, of
 * several fields the last, and whatever follows the object. It is one pass, and long texts that are not asked for are passed over
 * without being decoded. Thread-safe.
 */
public final class TopLevelStringField {

    private TopLevelStringField() {}

    /**
     * Returns the text of a field, or null when there is none, its value is no text, or the bytes are no JSON object within the
     * limits of {@link JsonStreams}. Never throws.
     */
    public static @Nullable String find(byte[] json, String name) {
        if (!beginsWithBrace(json)) {
            return null;
        }
        try (JsonParser parser = JsonStreams.parser(json)) {
            return find(parser, name);
        } catch (IOException notJson) {
            return null; // it is for whoever reads all of it to say so
        }
    }

    private static @Nullable String find(JsonParser parser, String wanted) throws IOException {
        String text = null;
        parser.nextToken();
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            JsonToken value = parser.nextToken();
            if (name.equalsIgnoreCase(wanted)) {
                text = value == JsonToken.VALUE_STRING ? parser.getText() : null;
            }
            parser.skipChildren();
        }
        return text;
    }

    private static boolean beginsWithBrace(byte[] json) {
        for (byte next : json) {
            if (next == '{') {
                return true;
            }
            if (next != ' ' && next != '\t' && next != '\r' && next != '\n') {
                return false;
            }
        }
        return false;
    }
}
