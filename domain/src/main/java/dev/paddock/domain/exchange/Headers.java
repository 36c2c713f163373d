package dev.paddock.domain.exchange;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a message head in the order they were given; a name may stand more than once. Immutable.
 *
 * @param fields the fields
 */
public record Headers(List<Header> fields) {

    private static final int LONGEST_NUMBER = 18; // any such number is a long

    /** The length of a body for which none is announced. */
    public static final long UNKNOWN_LENGTH = -1;

    /** No fields. */
    public static final Headers EMPTY = new Headers(List.of());

    public Headers {
        fields = List.copyOf(fields);
    }

    /** Returns headers with one field. */
    public static Headers of(String name, String value) {
        return new Headers(List.of(new Header(name, value)));
    }

    /** Returns the first value of a field, or null when the field is absent. */
    public @Nullable String first(String name) {
        // A dozen fields are looked for in every call, and not one of them needs an iterator.
        for (int index = 0; index < fields.size(); index++) {
            if (fields.get(index).isNamed(name)) {
                return fields.get(index).value();
            }
        }
        return null;
    }

    /** Returns all values of a field in order; empty when it is absent. */
    public List<String> all(String name) {
        if (!contains(name)) {
            return List.of(); // as most fields that are looked for
        }
        List<String> values = new ArrayList<>();
        for (Header field : fields) {
            if (field.isNamed(name)) {
                values.add(field.value());
            }
        }
        return List.copyOf(values);
    }

    /**
     * Returns the elements of a field whose value is a list (RFC 9110, section 5.6.1), over all fields of that name, without
     * the spaces around them; empty ones are left out.
     */
    public List<String> elements(String name) {
        return !contains(name) ? List.of() : all(name).stream()
                .flatMap(value -> Arrays.stream(value.split(",", -1)))
                .map(String::strip)
                .filter(element -> !element.isEmpty())
                .toList();
    }

    /** Returns whether a field whose value is a list has an element, in whatever case. */
    public boolean hasElement(String name, String element) {
        return contains(name) && elements(name).stream().anyMatch(element::equalsIgnoreCase);
    }

    /**
     * Returns how many bytes the first Content-Length announces, or {@link #UNKNOWN_LENGTH} when there is none or it is not a number
     * of digits alone (RFC 9110, section 8.6) that is a long.
     */
    public long contentLength() {
        String length = first("Content-Length");
        return length != null && isLength(length) ? Long.parseLong(length) : UNKNOWN_LENGTH;
    }

    /** Returns whether a field is present. */
    public boolean contains(String name) {
        return first(name) != null;
    }

    /** Returns these headers with one more field at the end. */
    public Headers with(String name, String value) {
        return with(new Header(name, value));
    }

    /** Returns these headers with more fields at the end. */
    public Headers with(Header... more) {
        Header[] all = Arrays.copyOf(fields.toArray(Header[]::new), fields.size() + more.length);
        System.arraycopy(more, 0, all, fields.size(), more.length);
        return new Headers(List.of(all));
    }

    /** Returns these headers with one more field, unless a field of that name is already present. */
    public Headers withDefault(String name, String value) {
        return contains(name) ? this : with(name, value);
    }

    /** Returns these headers without any field of the given name. */
    public Headers without(String name) {
        return contains(name)
                ? new Headers(fields.stream().filter(field -> !field.isNamed(name)).toList())
                : this;
    }

    private static boolean isLength(String value) {
        for (int index = 0; index < value.length(); index++) {
            if (value.charAt(index) < '0' || value.charAt(index) > '9') {
                return false;
            }
        }
        return !value.isEmpty() && value.length() <= LONGEST_NUMBER;
    }
}
