package dev.paddock.adapters.http.wire.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.paddock.domain.exchange.RequestBody;
import java.io.IOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Finds texts, truth values and numbers among the fields of the outermost object of a request, as Ollama's server does: it ignores the
 * case of the names, takes the last of several fields, and ignores what follows the object. It is one pass, and other long texts are
 * skipped without being decoded. Thread-safe.
 */
public final class TopLevelFields {

    private TopLevelFields() {}

    /**
     * Returns the values of some fields by their names: a {@link String}, a {@link Boolean} or a {@link Number}. A name is missing when
     * there is no such field or its value is of another type; all are missing when one is a very long text, or the bytes are no JSON
     * object within the limits of {@link JsonStreams}. Never throws. It copies nothing, and it needs little memory, however large the
     * body is.
     *
     * @param json a body in memory
     * @param names the names in lower case
     */
    public static Map<String, Object> find(RequestBody json, Set<String> names) {
        try (JsonParser parser = JsonStreams.fieldParser(json)) {
            return find(parser, names);
        } catch (IOException notJson) {
            return Map.of(); // the reader of the whole request reports it
        }
    }

    private static Map<String, Object> find(JsonParser parser, Set<String> names) throws IOException {
        Map<String, Object> found = new HashMap<>();
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            return found;
        }
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            JsonToken value = parser.nextToken();
            String wanted = name.toLowerCase(Locale.ROOT);
            if (names.contains(wanted)) {
                found.remove(wanted);
                if (value == JsonToken.VALUE_STRING) {
                    found.put(wanted, parser.getText());
                } else if (value.isBoolean()) {
                    found.put(wanted, value == JsonToken.VALUE_TRUE);
                } else if (value.isNumeric()) {
                    found.put(wanted, parser.getNumberValue());
                }
            }
            parser.skipChildren();
        }
        return found;
    }
}
