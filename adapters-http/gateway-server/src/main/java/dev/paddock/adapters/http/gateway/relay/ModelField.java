package dev.paddock.adapters.http.gateway.relay;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.paddock.adapters.http.wire.json.Json;
import java.io.IOException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds the model that a request is for: the field {@code model} of its outermost object, whatever its case, and of several the last,
 * which is how Ollama's server reads it. Long texts are passed over without being decoded.
 */
final class ModelField {

    private static final String NAME = "model";
    private static final int LONGEST = 200;
    private static final Pattern PLAUSIBLE = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.:/@-]*");

    private ModelField() {}

    /** Returns the name, or null when the body has none or one that is not plausible: it becomes a label and stands in logs. */
    static @Nullable String of(byte[] body) {
        if (!isObject(body)) {
            return null;
        }
        try (JsonParser parser = Json.parser(body)) {
            return read(parser);
        } catch (IOException notJson) {
            return null; // it is for the server to say so
        }
    }

    private static @Nullable String read(JsonParser parser) throws IOException {
        String model = null;
        parser.nextToken();
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            JsonToken value = parser.nextToken();
            if (name.equalsIgnoreCase(NAME)) {
                model = value == JsonToken.VALUE_STRING ? parser.getText() : null;
            }
            parser.skipChildren();
        }
        return model != null && isPlausible(model) ? model : null;
    }

    private static boolean isPlausible(String model) {
        return model.length() <= LONGEST && !model.contains("..") && PLAUSIBLE.matcher(model).matches();
    }

    private static boolean isObject(byte[] body) {
        for (byte next : body) {
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
