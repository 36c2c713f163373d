package dev.paddock.bootstrap.cli;

import dev.paddock.adapters.http.wire.json.PlainJson;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Collects the fields of a JSON object in order; what is not known is left out. Not thread-safe. */
final class JsonObjectBuilder {

    private final Map<String, Object> values = new LinkedHashMap<>();

    JsonObjectBuilder put(String name, @Nullable Object value) {
        if (value != null) {
            values.put(name, value);
        }
        return this;
    }

    /** Puts a text unless it is empty. */
    JsonObjectBuilder putText(String name, @Nullable String text) {
        return put(name, text == null || text.isEmpty() ? null : text);
    }

    /** Puts a duration in milliseconds with three decimals. */
    JsonObjectBuilder putMillis(String name, @Nullable Duration duration) {
        return put(name, duration == null ? null : Math.round(duration.toNanos() / 1e3) / 1e3);
    }

    Map<String, Object> toMap() {
        return values;
    }

    String toJson() {
        return PlainJson.toText(values);
    }
}
