package dev.paddock.bootstrap.cli.command;

import dev.paddock.adapters.http.wire.json.PlainJson;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object that another version of Paddock may have written. A field that is absent or has an unexpected type counts as
 * unknown. Immutable.
 *
 * @param fields the values by name
 */
public record JsonObject(Map<?, ?> fields) {

    /** Returns the value as an object; any other value as an object without fields. */
    public static JsonObject of(@Nullable Object json) {
        return new JsonObject(json instanceof Map<?, ?> map ? map : Map.of());
    }

    /** Returns an inner object, without fields when it is unknown. */
    public JsonObject object(String name) {
        return of(fields.get(name));
    }

    /** Returns the objects of an array, none when it is unknown. */
    public List<JsonObject> objects(String name) {
        return fields.get(name) instanceof List<?> list
                ? list.stream().map(JsonObject::of).toList()
                : List.of();
    }

    /** Returns a string, or null when it is unknown. */
    public @Nullable String text(String name) {
        return fields.get(name) instanceof String text ? text : null;
    }

    /** Returns a number, or null when it is unknown. */
    public @Nullable Number number(String name) {
        return fields.get(name) instanceof Number number ? number : null;
    }

    /** Returns the names of the fields, in their order. */
    public Stream<String> names() {
        return fields.keySet().stream().map(String::valueOf);
    }

    /** Returns whether a field has a value other than null. */
    public boolean has(String name) {
        return fields.get(name) != null;
    }

    /** Builds a JSON object; a field whose value is null is omitted. Not thread-safe. */
    public static final class JsonObjectBuilder {

        private final Map<String, Object> values = new LinkedHashMap<>();

        /** Adds a field unless the value is null. */
        public JsonObjectBuilder put(String name, @Nullable Object value) {
            if (value != null) {
                values.put(name, value);
            }
            return this;
        }

        /** Adds a string unless it is null or empty. */
        public JsonObjectBuilder putText(String name, @Nullable String text) {
            return put(name, text == null || text.isEmpty() ? null : text);
        }

        /** Adds a duration in milliseconds with three decimals unless it is null. */
        public JsonObjectBuilder putMillis(String name, @Nullable Duration duration) {
            return put(name, duration == null ? null : Math.round(duration.toNanos() / 1e3) / 1e3);
        }

        /** Returns the fields in their order. */
        public Map<String, Object> toMap() {
            return values;
        }

        /** Returns the object as JSON. */
        public String toJson() {
            return PlainJson.toText(values);
        }
    }
}
