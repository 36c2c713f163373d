package dev.paddock.adapters.http.wire.document;

import dev.paddock.adapters.http.wire.json.JsonCursor;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads one JSON object in which nothing is unusual, without a parser. Everything else is left to the parser, which decides whether it is
 * JSON: long texts, deep nesting, large objects, numbers with an exponent or with many digits, and what a {@link JsonCursor} refuses. Not
 * thread-safe.
 */
final class UsualJson {

    private static final int LONGEST = 1 << 20;
    private static final int DEEPEST = 50;
    private static final int MOST_MEMBERS = 24; // each name is compared with those before it
    private static final int MOST_DIGITS = 18;

    private final JsonCursor json;
    private int depth;

    private UsualJson(JsonCursor json) {
        this.json = json;
    }

    /** Returns the object that a text is, or null if the text is unusual or no object; its objects and lists can be changed. */
    static @Nullable Map<String, @Nullable Object> readObject(byte[] text) {
        if (text.length > LONGEST) {
            return null;
        }
        UsualJson reader = new UsualJson(new JsonCursor(text, 0, text.length));
        if (reader.json.next() != '{' || !(reader.object() instanceof MemberMap object)) {
            return null;
        }
        return reader.json.next() < 0 ? object : null;
    }

    private @Nullable Object value(int first) {
        return switch (first) {
            case '"' -> text();
            case '{' -> object();
            case '[' -> array();
            case 't' -> json.isWord("rue") ? true : Unusual.VALUE;
            case 'f' -> json.isWord("alse") ? false : Unusual.VALUE;
            case 'n' -> json.isWord("ull") ? null : Unusual.VALUE;
            default -> number(first);
        };
    }

    private Object text() {
        String text = json.text();
        return text == null ? Unusual.VALUE : text;
    }

    private Object object() {
        MemberMap members = new MemberMap();
        int next = json.next();
        if (++depth > DEEPEST || next == '}') {
            return depth-- > DEEPEST ? Unusual.VALUE : members;
        }
        while (next == '"') {
            String name = json.name();
            if (name == null || members.size() == MOST_MEMBERS || members.containsKey(name) || json.next() != ':') {
                return Unusual.VALUE;
            }
            Object value = value(json.next());
            if (value == Unusual.VALUE) {
                return Unusual.VALUE;
            }
            members.add(name, value);
            next = json.next();
            if (next == '}') {
                depth--;
                return members;
            }
            next = next == ',' ? json.next() : -1;
        }
        return Unusual.VALUE;
    }

    private Object array() {
        List<@Nullable Object> elements = new ArrayList<>(1);
        int next = json.next();
        if (++depth > DEEPEST || next == ']') {
            return depth-- > DEEPEST ? Unusual.VALUE : elements;
        }
        while (true) {
            Object element = value(next);
            if (element == Unusual.VALUE) {
                return Unusual.VALUE;
            }
            elements.add(element);
            next = json.next();
            if (next == ']') {
                depth--;
                return elements;
            }
            if (next != ',') {
                return Unusual.VALUE;
            }
            next = json.next();
        }
    }

    private Object number(int first) {
        boolean isNegative = first == '-';
        int digit = isNegative ? json.digit() : first - '0';
        if (digit < 0 || digit > 9) {
            return Unusual.VALUE;
        }
        long number = digit;
        int digits = 1;
        boolean isZero = digit == 0;
        for (digit = json.digit(); digit >= 0; digit = json.digit()) {
            number = 10 * number + digit;
            digits++;
            if (isZero || digits > MOST_DIGITS) {
                return Unusual.VALUE;
            }
        }
        int scale = 0;
        if (json.isPoint()) {
            for (digit = json.digit(); digit >= 0; digit = json.digit()) {
                number = 10 * number + digit;
                scale++;
                if (digits + scale > MOST_DIGITS) {
                    return Unusual.VALUE;
                }
            }
            if (scale == 0) {
                return Unusual.VALUE;
            }
        }
        // An exponent would follow here; it is none of the characters that follow a value.
        return BigDecimal.valueOf(isNegative ? -number : number, scale);
    }

    /** Stands for a value that is left to the parser. */
    private enum Unusual {
        VALUE
    }
}
