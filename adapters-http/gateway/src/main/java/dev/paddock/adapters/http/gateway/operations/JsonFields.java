package dev.paddock.adapters.http.gateway.operations;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Creates JSON objects whose fields have an order and may be null. */
final class JsonFields {

    private JsonFields() {}

    /** Returns an object with the given names and values, alternately. */
    static Map<String, @Nullable Object> of(@Nullable Object... namesAndValues) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        for (int at = 0; at < namesAndValues.length; at += 2) {
            fields.put(String.valueOf(namesAndValues[at]), namesAndValues[at + 1]);
        }
        return fields;
    }
}
