package dev.paddock.domain.model.generation;

import dev.paddock.domain.model.PlainValues;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The form that an answer must have. */
public sealed interface ResponseFormat {

    /** Returns the format of any JSON value. */
    static ResponseFormat json() {
        return Json.ANY;
    }

    /** Returns the format of JSON values that follow a JSON schema, given as plain Java values. */
    static ResponseFormat schema(Map<String, @Nullable Object> schema) {
        return new Schema(schema);
    }

    /** Any JSON value. */
    enum Json implements ResponseFormat {
        ANY
    }

    /**
     * JSON that follows a schema.
     *
     * @param schema a JSON schema as plain Java values
     */
    record Schema(Map<String, @Nullable Object> schema) implements ResponseFormat {

        public Schema {
            schema = PlainValues.copyOf(schema);
        }
    }
}
