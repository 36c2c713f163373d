package dev.paddock.adapters.http.wire.framing;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;

/**
 * Looks for the fields that make a frame more than data, without parsing it: every frame of every stream passes here. A hit may be false
 * (the field stands in a nested object or in a text, or another field ends as it does), but none is missed.
 */
final class MarkerScan {

    private static final ByteSearch COLON = ByteSearch.of(':', ':');
    private static final ByteSearch BACKSLASH = ByteSearch.of('\\', '\\');
    private static final byte[] UNICODE_ESCAPE = "u00".getBytes(US_ASCII);

    private static final int SHORTEST = "'msg':''".length();

    /** A beginning of values that stands for all but null. */
    private static final String NOT_NULL = "!";

    /** A beginning of values that stands for all but 0. */
    private static final String NOT_ZERO = "?";

    private static final String[] ANY = {""};
    private static final String[] NONE = {};
    private static final String[] TEXT = {"\""};
    private static final String[] ERROR_TEXT = {"\"error"};
    private static final String[] ERROR_REASON = {"\"e", "\"E"};

    private static final Marker DETAIL = Marker.of("detail", ANY, NONE);
    private static final Marker DONE = Marker.of("done", NONE, "t");
    private static final Marker DONE_REASON = Marker.of("done_reason", ERROR_REASON, NONE);
    private static final Marker ERROR = Marker.of("error", ANY, NONE);
    private static final Marker ERROR_MESSAGE = Marker.of("error_message", TEXT, NONE);
    private static final Marker ERROR_MESSAGE_IN_CAMEL_CASE = Marker.of("errorMessage", TEXT, NONE);
    private static final Marker ERROR_MSG = Marker.of("error_msg", TEXT, NONE);
    private static final Marker ERRORS = Marker.of("errors", ANY, NONE);
    private static final Marker FINISH_REASON = Marker.of("finish_reason", ERROR_REASON, NOT_NULL);
    private static final Marker INDEX = Marker.of("index", NONE, NOT_ZERO);
    private static final Marker MESSAGE = Marker.of("message", TEXT, NONE);
    private static final Marker MSG = Marker.of("msg", TEXT, NONE);
    private static final Marker OBJECT = Marker.of("object", ERROR_TEXT, NONE);
    private static final Marker STATUS = Marker.of("status", NONE, "\"");
    private static final Marker STOP_REASON = Marker.of("stop_reason", NONE, NOT_NULL);
    private static final Marker TYPE = Marker.of(
            "type",
            new String[] {"\"error", "\"response.failed"},
            "\"message_stop", "\"response.completed", "\"response.incomplete", "\"ping", "\"heartbeat", "\"keep");

    private MarkerScan() {}

    /** Returns whether a range of JSON may contain a marker. */
    static boolean mayContainMarker(byte[] json, int from, int end) {
        return mayContain(false, json, from, end);
    }

    /** Returns whether a range of JSON may contain the marker of a failure. */
    static boolean mayContainFailure(byte[] json, int from, int end) {
        return mayContain(true, json, from, end);
    }

    private static boolean mayContain(boolean failuresOnly, byte[] json, int from, int end) {
        if (end - from < SHORTEST) {
            return false;
        }
        long backslashes = 0;
        int index = from;
        long keyEndBefore = 0; // whether the byte before the word may end a key, as a bit of the first byte
        for (; index <= end - Long.BYTES; index += Long.BYTES) {
            long word = ByteSearch.eightBytes(json, index);
            backslashes |= BACKSLASH.candidates(word);
            // Before the colon of a key stands its quotation mark, or a space; most other colons are behind a digit or a letter.
            long keyEnds = ByteSearch.upToQuotationMark(word);
            long found = COLON.candidates(word) & (keyEnds << Byte.SIZE | keyEndBefore);
            keyEndBefore = keyEnds >>> (Long.SIZE - Byte.SIZE);
            for (; found != 0; found &= found - 1) {
                if (isMarker(failuresOnly, json, from, index + ByteSearch.first(found), end)) {
                    return true;
                }
            }
        }
        for (; index < end; index++) {
            if (json[index] == ':' && isMarker(failuresOnly, json, from, index, end)) {
                return true;
            }
            backslashes |= json[index] == '\\' ? 1 : 0;
        }
        return backslashes != 0 && hasEscapedLetter(json, from, end);
    }

    private static boolean isMarker(boolean failuresOnly, byte[] json, int from, int colon, int end) {
        int quote = colon - 1;
        while (quote > from && isSpace(json[quote])) {
            quote--;
        }
        if (quote <= from || json[quote] != '"') {
            return false;
        }
        int value = colon + 1;
        while (value < end && isSpace(json[value])) {
            value++;
        }
        if (value == end) {
            return false;
        }
        long key = ByteSearch.eightBytesBefore(json, quote);
        return switch (json[quote - 1]) {
            case 'e' -> DONE.isAt(failuresOnly, key, json, value, end)
                    || MESSAGE.isAt(failuresOnly, key, json, value, end)
                    || ERROR_MESSAGE.isAt(failuresOnly, key, json, value, end)
                    || ERROR_MESSAGE_IN_CAMEL_CASE.isAt(failuresOnly, key, json, value, end)
                    || TYPE.isAt(failuresOnly, key, json, value, end);
            case 'g' -> MSG.isAt(failuresOnly, key, json, value, end) || ERROR_MSG.isAt(failuresOnly, key, json, value, end);
            case 'l' -> DETAIL.isAt(failuresOnly, key, json, value, end);
            case 'n' -> FINISH_REASON.isAt(failuresOnly, key, json, value, end)
                    || DONE_REASON.isAt(failuresOnly, key, json, value, end)
                    || STOP_REASON.isAt(failuresOnly, key, json, value, end);
            case 'r' -> ERROR.isAt(failuresOnly, key, json, value, end);
            case 's' -> ERRORS.isAt(failuresOnly, key, json, value, end) || STATUS.isAt(failuresOnly, key, json, value, end);
            case 't' -> OBJECT.isAt(failuresOnly, key, json, value, end);
            case 'x' -> INDEX.isAt(failuresOnly, key, json, value, end);
            default -> false;
        };
    }

    /** A letter of a key may be written as an escape. Servers do not do so, but then the marker would be missed. */
    private static boolean hasEscapedLetter(byte[] json, int from, int end) {
        for (int index = BACKSLASH.next(json, from, end); index < end; index = BACKSLASH.next(json, index + 1, end)) {
            int digit = index + 1 + UNICODE_ESCAPE.length;
            if (digit < end && startsWith(json, index + 1, end, UNICODE_ESCAPE) && (json[digit] == '6' || json[digit] == '7')) {
                return true;
            }
        }
        return false;
    }

    private static boolean startsWith(byte[] json, int start, int end, byte[] expected) {
        return end - start >= expected.length && Arrays.equals(json, start, start + expected.length, expected, 0, expected.length);
    }

    private static boolean isSpace(byte character) {
        return character == ' ' || character == '\t' || character == '\r' || character == '\n';
    }

    /**
     * A key, and the beginnings of those values that count. The compiler sees through constants that are records.
     *
     * @param key the last eight bytes of the key and the quotation mark before it
     * @param unused the bits of a word that belong to no byte of the key
     */
    @SuppressWarnings("ArrayRecordComponent") // the arrays never leave this class
    private record Marker(long key, int unused, byte[][] failures, byte[][] others) {

        static Marker of(String key, String[] failures, String... others) {
            byte[] quoted = (" ".repeat(Long.BYTES) + '"' + key).getBytes(US_ASCII);
            int unused = Math.max(0, Long.BYTES - 1 - key.length()) * Byte.SIZE;
            return new Marker(
                    ByteSearch.eightBytesBefore(quoted, quoted.length) >>> unused, unused, bytes(failures), bytes(others));
        }

        /** Returns whether the bytes before a quotation mark are the key, and a value that counts stands at an index. */
        boolean isAt(boolean failuresOnly, long bytesBefore, byte[] json, int value, int end) {
            return bytesBefore >>> unused == key
                    && (hasAny(failures, json, value, end) || (!failuresOnly && hasAny(others, json, value, end)));
        }

        private static boolean hasAny(byte[][] values, byte[] json, int start, int end) {
            for (byte[] value : values) {
                boolean counts = switch (value.length == 1 ? value[0] : 0) {
                    case '!' -> json[start] != 'n';
                    case '?' -> json[start] != '0';
                    default -> startsWith(json, start, end, value);
                };
                if (counts) {
                    return true;
                }
            }
            return false;
        }

        private static byte[][] bytes(String... values) {
            return Arrays.stream(values).map(value -> value.getBytes(US_ASCII)).toArray(byte[][]::new);
        }
    }
}
