package dev.paddock.adapters.http.wire.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The beginning of a JSON value, as a plain value: objects and arrays end where it has 1,000 values. It is for what only has to be
 * recognised, such as the report of a failure. A plain value costs about a hundred bytes, so that the millions of them that one line of a
 * server can have would fill the heap, and hold up the event loop that reads them.
 */
public final class JsonExcerpt {

    private static final int MOST_VALUES = 1000;

    private int left = MOST_VALUES;

    private JsonExcerpt() {}

    /** Reads the value at which the parser stands, and leaves it at the value's last token. */
    public static @Nullable Object read(JsonParser parser) throws IOException {
        return new JsonExcerpt().value(parser);
    }

    /**
     * Reads the object at whose start the parser stands, and leaves it at the object's end. Each of its first 1,000 fields is an excerpt of its
     * own, so that one is found behind a long one.
     */
    public static Map<String, @Nullable Object> readObject(JsonParser parser) throws IOException {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            parser.nextToken();
            if (object.size() < MOST_VALUES) {
                object.put(WellFormedText.of(name), read(parser));
            } else {
                parser.skipChildren();
            }
        }
        return object;
    }

    /** Returns the excerpt of an object in a text, or null if the text is not exactly one JSON object. */
    public static @Nullable Map<String, @Nullable Object> ofObject(String json) {
        try (JsonParser parser = JsonStreams.parser(json.getBytes(UTF_8))) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return null;
            }
            Map<String, @Nullable Object> object = readObject(parser);
            return parser.nextToken() == null ? object : null;
        } catch (IOException notJson) {
            return null;
        }
    }

    private @Nullable Object value(JsonParser parser) throws IOException {
        left--;
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> array(parser);
            default -> PlainJson.read(parser);
        };
    }

    private Map<String, @Nullable Object> object(JsonParser parser) throws IOException {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            parser.nextToken();
            if (left > 0) {
                fields.put(WellFormedText.of(name), value(parser));
            } else {
                parser.skipChildren();
            }
        }
        return fields;
    }

    private List<@Nullable Object> array(JsonParser parser) throws IOException {
        List<@Nullable Object> elements = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (left > 0) {
                elements.add(value(parser));
            } else {
                parser.skipChildren();
            }
        }
        return elements;
    }
}
