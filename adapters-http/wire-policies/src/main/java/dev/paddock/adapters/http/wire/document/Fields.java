package dev.paddock.adapters.http.wire.document;

import dev.paddock.adapters.http.wire.json.PlainJson;
import dev.paddock.adapters.http.wire.json.ReportedError;
import dev.paddock.adapters.http.wire.json.WellFormedText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The fields of an object that comes in pieces. A text that continues is a {@link StringBuilder} until the end, because an answer may have
 * a hundred thousand pieces.
 */
final class Fields {

    /** Texts that do not continue: a later piece repeats or replaces them. */
    private static final Set<String> LABELS =
            Set.of("role", "type", "id", "name", "object", "format", "status", "tool_name", "tool_call_id");

    private Fields() {}

    /** Replaces a field; null replaces nothing. */
    static void replace(Map<String, @Nullable Object> fields, String name, @Nullable Object value) {
        if (value == null) {
            fields.putIfAbsent(name, null);
        } else {
            fields.put(name, value);
        }
    }

    /** Joins the fields of the next piece with those before. */
    static void joinAll(Map<String, @Nullable Object> fields, Map<?, ?> piece) {
        piece.forEach((name, value) -> join(fields, String.valueOf(name), value));
    }

    /** Joins the next piece of a field: texts and arrays continue, objects field by field; the last value of any other type counts. */
    static void join(Map<String, @Nullable Object> fields, String name, @Nullable Object value) {
        Object earlier = fields.get(name);
        if (value instanceof String text && !LABELS.contains(name)) {
            if (earlier instanceof List<?>) {
                append(fields, name, text.isEmpty() ? List.of() : List.of(textPart(text)));
            } else {
                fields.put(name, earlier instanceof CharSequence start ? continued(start, text) : text);
            }
        } else if (value instanceof List<?> list) {
            append(fields, name, list);
        } else if (value instanceof Map<?, ?> object && earlier instanceof Map<?, ?> start) {
            joinAll(asObject(start), object);
        } else if (!ReportedError.isNone(value) || !(earlier instanceof CharSequence)) {
            replace(fields, name, value);
        }
    }

    /** Appends elements; an element continues an earlier one that has the same number in its field {@code index}. */
    private static void append(Map<String, @Nullable Object> fields, String name, List<?> elements) {
        List<@Nullable Object> list = listAt(fields, name);
        for (Object element : elements) {
            Map<String, @Nullable Object> start = element instanceof Map<?, ?> object ? find(list, object.get("index")) : null;
            if (start != null && element instanceof Map<?, ?> object) {
                joinAll(start, object);
            } else {
                list.add(element);
            }
        }
    }

    /** Returns the array in a field; an array takes the place of a text, which becomes its first part. */
    static List<@Nullable Object> listAt(Map<String, @Nullable Object> fields, String name) {
        Object earlier = fields.get(name);
        if (earlier instanceof List<?>) {
            @SuppressWarnings("unchecked") // of any values
            List<@Nullable Object> list = (List<@Nullable Object>) earlier;
            return list;
        }
        List<@Nullable Object> list = new ArrayList<>();
        if (earlier instanceof CharSequence text && !text.isEmpty()) {
            list.add(textPart(text));
        }
        fields.put(name, list);
        return list;
    }

    @SuppressWarnings("unchecked") // JSON objects have names as keys
    static Map<String, @Nullable Object> asObject(Map<?, ?> object) {
        return (Map<String, @Nullable Object>) object;
    }

    /** Returns the same value with texts of well-formed Unicode: pieces may have ended inside a pair of surrogates. */
    static @Nullable Object wellFormed(@Nullable Object value) {
        return switch (value) {
            case CharSequence text -> WellFormedText.of(text.toString());
            case List<?> list -> list.stream().map(Fields::wellFormed).toList();
            case Map<?, ?> map -> {
                Map<String, @Nullable Object> fields = new LinkedHashMap<>();
                map.forEach((name, field) -> fields.put(WellFormedText.of(String.valueOf(name)), wellFormed(field)));
                yield fields;
            }
            case null, default -> value;
        };
    }

    private static @Nullable Map<String, @Nullable Object> find(List<?> list, @Nullable Object index) {
        if (index != null) {
            for (Object element : list) {
                if (element instanceof Map<?, ?> object && index.equals(object.get("index"))) {
                    return asObject(object);
                }
            }
        }
        return null;
    }

    private static StringBuilder continued(CharSequence start, String text) {
        StringBuilder builder = start instanceof StringBuilder same ? same : new StringBuilder(start);
        return builder.append(text);
    }

    private static Map<String, @Nullable Object> textPart(CharSequence text) {
        return PlainJson.object("type", "text", "text", text);
    }
}
