package dev.paddock.adapters.http.wire.document;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigDecimal;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads one JSON object in which nothing is unusual, in a fraction of the time and of the memory that a parser needs. Everything else is left
 * to the parser, which decides whether it is JSON: long texts, deep nesting, large objects, escapes in names, escaped code units, numbers
 * with an exponent or with many digits. So this class refuses nothing, and its result is that of the parser. Not thread-safe.
 */
final class UsualJson {

    private static final int LONGEST = 1 << 20;
    private static final int DEEPEST = 50;
    private static final int MOST_MEMBERS = 24; // each name is compared with those before it
    private static final int LONGEST_NAME = 40;
    private static final int MOST_DIGITS = 18;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH_BITS = 0x8080808080808080L;

    /** Names that were read before, by their hash. They are the same in all requests; where two have one place, the later one has it. */
    private static final @Nullable String[] NAMES = new @Nullable String[256];

    private final byte[] json;
    private int at;
    private int depth;

    private UsualJson(byte[] json) {
        this.json = json;
    }

    /** Returns the object that a text in UTF-8 is, or null if the text is unusual or no object; its objects, lists and values can be changed. */
    static @Nullable Map<String, @Nullable Object> readObject(byte[] json) {
        if (json.length > LONGEST) {
            return null;
        }
        UsualJson reader = new UsualJson(json);
        if (reader.nextByte() != '{' || !(reader.object() instanceof MemberMap object)) {
            return null;
        }
        return reader.nextByte() < 0 ? object : null;
    }

    /** Goes past white space and the byte after it; returns that, or -1 at the end. */
    private int nextByte() {
        while (at < json.length) {
            byte next = json[at++];
            if (next != ' ' && next != '\n' && next != '\r' && next != '\t') {
                return next & 0xff;
            }
        }
        return -1;
    }

    private @Nullable Object value(int first) {
        return switch (first) {
            case '"' -> text();
            case '{' -> object();
            case '[' -> array();
            case 't' -> isWord("rue") ? true : Unusual.VALUE;
            case 'f' -> isWord("alse") ? false : Unusual.VALUE;
            case 'n' -> isWord("ull") ? null : Unusual.VALUE;
            default -> number(first);
        };
    }

    private Object object() {
        MemberMap members = new MemberMap();
        int next = nextByte();
        if (++depth > DEEPEST || next == '}') {
            return depth-- > DEEPEST ? Unusual.VALUE : members;
        }
        while (next == '"') {
            String name = name();
            if (name == null || members.size() == MOST_MEMBERS || members.containsKey(name) || nextByte() != ':') {
                return Unusual.VALUE;
            }
            Object value = value(nextByte());
            if (value == Unusual.VALUE) {
                return Unusual.VALUE;
            }
            members.add(name, value);
            next = nextByte();
            if (next == '}') {
                depth--;
                return members;
            }
            next = next == ',' ? nextByte() : -1;
        }
        return Unusual.VALUE;
    }

    private Object array() {
        List<@Nullable Object> elements = new ArrayList<>(1);
        int next = nextByte();
        if (++depth > DEEPEST || next == ']') {
            return depth-- > DEEPEST ? Unusual.VALUE : elements;
        }
        while (true) {
            Object element = value(next);
            if (element == Unusual.VALUE) {
                return Unusual.VALUE;
            }
            elements.add(element);
            next = nextByte();
            if (next == ']') {
                depth--;
                return elements;
            }
            if (next != ',') {
                return Unusual.VALUE;
            }
            next = nextByte();
        }
    }

    /** Returns the name that begins here, or null if it is unusual. */
    private @Nullable String name() {
        int start = at;
        int hash = 0;
        for (int index = start; index < json.length; index++) {
            byte next = json[index];
            if (next == '"') {
                at = index + 1;
                return name(start, index - start, hash & (NAMES.length - 1));
            }
            if (next < ' ' || next == '\\' || index - start == LONGEST_NAME) {
                return null; // also every byte of other characters than those of ASCII
            }
            hash = 31 * hash + next;
        }
        return null;
    }

    private String name(int start, int length, int place) {
        String known = NAMES[place];
        if (known != null && isAt(known, start, length)) {
            return known;
        }
        String name = new String(json, start, length, ISO_8859_1);
        NAMES[place] = name;
        return name;
    }

    private boolean isAt(String text, int start, int length) {
        if (text.length() != length) {
            return false;
        }
        for (int index = 0; index < length; index++) {
            if (text.charAt(index) != json[start + index]) {
                return false;
            }
        }
        return true;
    }

    private boolean isWord(String rest) {
        boolean isHere = json.length - at >= rest.length() && isAt(rest, at, rest.length());
        at += rest.length();
        return isHere;
    }

    private Object text() {
        int start = at;
        boolean hasEscape = false;
        for (int index = plainEnd(start); index < json.length; index = plainEnd(index)) {
            byte next = json[index];
            if (next == '"') {
                at = index + 1;
                return hasEscape ? unescaped(start, index) : new String(json, start, index - start, UTF_8);
            }
            if (next != '\\') {
                return Unusual.VALUE; // a control character
            }
            hasEscape = true;
            index += 2;
        }
        return Unusual.VALUE;
    }

    /** Returns the index of the next quotation mark, backslash or control character. */
    private int plainEnd(int from) {
        int index = from;
        while (index <= json.length - Long.BYTES) {
            long word = (long) LONGS.get(json, index);
            long quotes = word ^ '"' * ONES;
            long escapes = word ^ '\\' * ONES;
            long found = (((quotes - ONES) & ~quotes) | ((escapes - ONES) & ~escapes) | ((word - ' ' * ONES) & ~word)) & HIGH_BITS;
            if (found != 0) {
                break;
            }
            index += Long.BYTES;
        }
        while (index < json.length && json[index] != '"' && json[index] != '\\' && (json[index] >= ' ' || json[index] < 0)) {
            index++;
        }
        return index;
    }

    private Object unescaped(int start, int end) {
        byte[] text = new byte[end - start];
        int length = 0;
        for (int index = start; index < end; index++) {
            byte next = json[index];
            if (next == '\\') {
                next = (byte) character(json[++index]);
                if (next == 0) {
                    return Unusual.VALUE;
                }
            }
            text[length++] = next;
        }
        return new String(text, 0, length, UTF_8);
    }

    private static int character(byte escape) {
        return switch (escape) {
            case '"', '\\', '/' -> escape;
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'r' -> '\r';
            case 'b' -> '\b';
            case 'f' -> '\f';
            default -> 0;
        };
    }

    private Object number(int first) {
        boolean isNegative = first == '-';
        int start = isNegative ? at : at - 1;
        long number = 0;
        int digits = 0;
        int scale = 0;
        int index = start;
        while (index < json.length && isDigit(json[index])) {
            number = 10 * number + json[index++] - '0';
            digits++;
            if (digits > MOST_DIGITS) {
                return Unusual.VALUE;
            }
        }
        if (digits == 0 || (digits > 1 && json[start] == '0')) {
            return Unusual.VALUE;
        }
        if (index < json.length && json[index] == '.') {
            index++;
            while (index < json.length && isDigit(json[index])) {
                number = 10 * number + json[index++] - '0';
                scale++;
                if (digits + scale > MOST_DIGITS) {
                    return Unusual.VALUE;
                }
            }
            if (scale == 0) {
                return Unusual.VALUE;
            }
        }
        at = index; // an exponent, which follows the number, is none of the bytes that may follow a value
        return BigDecimal.valueOf(isNegative ? -number : number, scale);
    }

    private static boolean isDigit(byte character) {
        return character >= '0' && character <= '9';
    }

    /** Stands for a value that is left to the parser. */
    private enum Unusual {
        VALUE
    }
}
