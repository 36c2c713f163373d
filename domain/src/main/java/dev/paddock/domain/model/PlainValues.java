package dev.paddock.domain.model;

import dev.paddock.domain.error.ErrorFacts;
import dev.paddock.domain.error.InvalidRequestException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Free-form values as plain Java: null, {@link Boolean}, {@link Number}, {@link String}, {@link List} and {@link Map}
 * with string keys, nested. NaN and the infinities are refused, for JSON has none. Copies are unmodifiable and keep
 * the order of keys.
 */
public final class PlainValues {

    private static final int DEEPEST = 100;

    private PlainValues() {}

    /**
     * Returns a copy of the values.
     *
     * @throws InvalidRequestException if a value has no JSON form, or values are nested more than 100 deep
     */
    public static Map<String, @Nullable Object> copyOf(Map<String, ? extends @Nullable Object> values) {
        return copyMap(values, 0);
    }

    private static @Nullable Object copy(@Nullable Object value, int depth) {
        if (depth > DEEPEST) {
            throw new InvalidRequestException("values are nested more than " + DEEPEST + " deep", ErrorFacts.NONE);
        }
        return switch (value) {
            case null -> null;
            case Boolean flag -> flag;
            case Number number -> requireFinite(number);
            case String text -> text;
            case List<?> list -> copyList(list, depth);
            case Map<?, ?> map -> copyMap(map, depth);
            default ->
                throw new InvalidRequestException(
                        "a value of type " + value.getClass().getName() + " has no JSON form", ErrorFacts.NONE);
        };
    }

    private static Number requireFinite(Number number) {
        boolean floating = number instanceof Double || number instanceof Float;
        if (floating && !Double.isFinite(number.doubleValue())) {
            throw new InvalidRequestException("the number " + number + " has no JSON form", ErrorFacts.NONE);
        }
        return number;
    }

    private static List<@Nullable Object> copyList(List<?> list, int depth) {
        List<@Nullable Object> copy = new ArrayList<>(list.size());
        for (Object element : list) {
            copy.add(copy(element, depth + 1));
        }
        return Collections.unmodifiableList(copy);
    }

    private static Map<String, @Nullable Object> copyMap(Map<?, ? extends @Nullable Object> map, int depth) {
        Map<String, @Nullable Object> copy = LinkedHashMap.newLinkedHashMap(map.size());
        map.forEach((key, value) -> {
            if (!(key instanceof String name)) {
                throw new InvalidRequestException("a key of a free-form value is not a string", ErrorFacts.NONE);
            }
            copy.put(name, copy(value, depth + 1));
        });
        return Collections.unmodifiableMap(copy);
    }
}
