package dev.paddock.adapters.http.wire.reuse;

import dev.paddock.adapters.http.wire.document.DocumentForm;
import dev.paddock.adapters.http.wire.json.PlainJson;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How one API divides an answer into pieces. The pieces and the answer are canonical JSON. */
interface StreamForm {

    /** Returns the form of the whole answer. */
    DocumentForm document();

    /**
     * Returns the pieces of a whole answer, or an empty list when it cannot be divided.
     *
     * @param withUsage whether the pieces are to have the counts of tokens, where a request can choose
     */
    List<Map<String, @Nullable Object>> divide(Map<String, @Nullable Object> answer, boolean withUsage);

    /** Returns whether a whole answer is complete and says something. */
    boolean isComplete(Map<String, @Nullable Object> answer);

    /** Returns the text of a whole answer, or null when it is not one text: several choices, a call of a tool, nothing. */
    @Nullable String onlyText(Map<String, @Nullable Object> answer);

    /** Returns the name of the event of a piece, or null when events have no names. */
    default @Nullable String eventName(Map<String, @Nullable Object> piece) {
        return null;
    }

    /** Returns whether a piece only has counts of tokens that not every request asks for. */
    default boolean isUsageOnly(Map<String, @Nullable Object> piece) {
        return false;
    }

    /** Returns the text that ends a stream, or null when its last piece does. */
    default @Nullable String end() {
        return null;
    }

    /** Returns the object at a name; empty when there is none. */
    @SuppressWarnings("unchecked") // JSON has texts as names
    static Map<String, @Nullable Object> object(@Nullable Object parent, String name) {
        return parent instanceof Map<?, ?> map && map.get(name) instanceof Map<?, ?> child
                ? (Map<String, @Nullable Object>) child
                : Map.of();
    }

    /** Returns the objects in the list at a name; empty when there is none. */
    @SuppressWarnings("unchecked") // likewise
    static List<Map<String, @Nullable Object>> objects(@Nullable Object parent, String name) {
        List<Map<String, @Nullable Object>> objects = new ArrayList<>();
        if (parent instanceof Map<?, ?> map && map.get(name) instanceof List<?> list) {
            for (Object element : list) {
                if (element instanceof Map<?, ?> object) {
                    objects.add((Map<String, @Nullable Object>) object);
                }
            }
        }
        return objects;
    }

    /** Returns the text at a name; empty when there is none. */
    static String text(@Nullable Object parent, String name) {
        return parent instanceof Map<?, ?> map && map.get(name) instanceof String text ? text : "";
    }

    /** Returns a copy with one field changed, at its place. */
    static Map<String, @Nullable Object> with(Map<String, @Nullable Object> object, @Nullable Object... namesAndValues) {
        Map<String, @Nullable Object> copy = new LinkedHashMap<>(object);
        copy.putAll(PlainJson.object(namesAndValues));
        return copy;
    }
}
