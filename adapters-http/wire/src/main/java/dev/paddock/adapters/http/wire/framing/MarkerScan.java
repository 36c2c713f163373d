package dev.paddock.adapters.http.wire.framing;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;

/**
 * Looks for the fields that make a frame more than data, without parsing it: every frame of every stream passes here. A hit may be false
 * (the field stands in a nested object or in a text), but none is missed.
 */
final class MarkerScan {

    private static final ByteSearch COLON_OR_ESCAPE = ByteSearch.of(':', '\\');
    private static final byte[] UNICODE_ESCAPE = "u00".getBytes(US_ASCII);

    private static final int SHORTEST_KEY = 3;

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
        int index = from;
        for (; index <= end - Long.BYTES; index += Long.BYTES) {
            for (long found = COLON_OR_ESCAPE.candidates(json, index); found != 0; found &= found - 1) {
                if (isMarkedAt(failuresOnly, json, from, index + ByteSearch.first(found), end)) {
                    return true;
                }
            }
        }
        for (; index < end; index++) {
            if (isMarkedAt(failuresOnly, json, from, index, end)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isMarkedAt(boolean failuresOnly, byte[] json, int from, int index, int end) {
        return switch (json[index]) {
            case ':' -> isMarker(failuresOnly, json, from, index, end);
            case '\\' -> isEscapedLetter(json, index + 1, end);
            default -> false;
        };
    }

    private static boolean isMarker(boolean failuresOnly, byte[] json, int from, int colon, int end) {
        int quote = colon - 1;
        while (quote > from && isSpace(json[quote])) {
            quote--;
        }
        if (quote - from <= SHORTEST_KEY || json[quote] != '"') {
            return false;
        }
        int value = colon + 1;
        while (value < end && isSpace(json[value])) {
            value++;
        }
        if (value == end) {
            return false;
        }
        return switch (json[quote - 1]) {
            case 'e' -> DONE.isAt(failuresOnly, json, quote, value, end)
                    || MESSAGE.isAt(failuresOnly, json, quote, value, end)
                    || ERROR_MESSAGE.isAt(failuresOnly, json, quote, value, end)
                    || ERROR_MESSAGE_IN_CAMEL_CASE.isAt(failuresOnly, json, quote, value, end)
                    || TYPE.isAt(failuresOnly, json, quote, value, end);
            case 'g' -> MSG.isAt(failuresOnly, json, quote, value, end) || ERROR_MSG.isAt(failuresOnly, json, quote, value, end);
            case 'l' -> DETAIL.isAt(failuresOnly, json, quote, value, end);
            case 'n' -> FINISH_REASON.isAt(failuresOnly, json, quote, value, end)
                    || DONE_REASON.isAt(failuresOnly, json, quote, value, end)
                    || STOP_REASON.isAt(failuresOnly, json, quote, value, end);
            case 'r' -> ERROR.isAt(failuresOnly, json, quote, value, end);
            case 's' -> ERRORS.isAt(failuresOnly, json, quote, value, end) || STATUS.isAt(failuresOnly, json, quote, value, end);
            case 't' -> OBJECT.isAt(failuresOnly, json, quote, value, end);
            case 'x' -> INDEX.isAt(failuresOnly, json, quote, value, end);
            default -> false;
        };
    }

    /** A letter of a key may be written as an escape. Servers do not do so, but then the marker would be missed. */
    private static boolean isEscapedLetter(byte[] json, int start, int end) {
        int digit = start + UNICODE_ESCAPE.length;
        return digit < end && startsWith(json, start, end, UNICODE_ESCAPE) && (json[digit] == '6' || json[digit] == '7');
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
     * @param failures values that may report an error
     * @param others other values that count
     */
    @SuppressWarnings("ArrayRecordComponent") // the arrays never leave this class
    private record Marker(byte[] key, byte[][] failures, byte[][] others) {

        static Marker of(String key, String[] failures, String... others) {
            return new Marker(key.getBytes(US_ASCII), bytes(failures), bytes(others));
        }

        /** Returns whether the key stands before a quotation mark, and a value that counts at the other index. */
        boolean isAt(boolean failuresOnly, byte[] json, int quote, int value, int end) {
            return hasKey(json, quote)
                    && (hasAny(failures, json, value, end) || (!failuresOnly && hasAny(others, json, value, end)));
        }

        private boolean hasKey(byte[] json, int quote) {
            int start = quote - key.length;
            if (start <= 0 || json[start - 1] != '"') {
                return false;
            }
            for (int index = 0; index < key.length; index++) {
                if (json[start + index] != key[index]) {
                    return false;
                }
            }
            return true;
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
