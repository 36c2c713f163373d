package dev.paddock.bootstrap.cli;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object that another version of Paddock may have written: what is not there, or is of another type than expected, is
 * not known. Immutable.
 *
 * @param fields the values by name
 */
record JsonObject(Map<?, ?> fields) {

    /** Returns the value as an object, without any fields when it is none. */
    static JsonObject of(@Nullable Object json) {
        return new JsonObject(json instanceof Map<?, ?> map ? map : Map.of());
    }

    JsonObject object(String name) {
        return of(fields.get(name));
    }

    List<JsonObject> objects(String name) {
        return fields.get(name) instanceof List<?> list
                ? list.stream().map(JsonObject::of).toList()
                : List.of();
    }

    @Nullable String text(String name) {
        return fields.get(name) instanceof String text ? text : null;
    }

    @Nullable Number number(String name) {
        return fields.get(name) instanceof Number number ? number : null;
    }

    /** Returns the names of the fields, in their order. */
    Stream<String> names() {
        return fields.keySet().stream().map(String::valueOf);
    }

    boolean has(String name) {
        return fields.get(name) != null;
    }
}
