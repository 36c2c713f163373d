package dev.paddock.adapters.http.gateway.accesslog;

import dev.paddock.adapters.http.wire.json.PlainJson;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The format of a line of a log. */
public enum AccessLogFormat {
    /** Pairs of names and values, see {@link AccessRecord#line()}. */
    TEXT,
    /** A JSON object, see {@link AccessRecord#json()}. */
    JSON;

    /** Returns the line of an entry. */
    public String render(AccessRecord record) {
        return switch (this) {
            case TEXT -> record.line();
            case JSON -> record.json();
        };
    }

    /** Returns the line of an entry with the given fields, whose values are texts, numbers, booleans or null, in their order. */
    public String render(Map<String, @Nullable Object> fields) {
        return switch (this) {
            case TEXT -> AccessRecord.line(fields);
            case JSON -> PlainJson.toText(fields);
        };
    }
}
