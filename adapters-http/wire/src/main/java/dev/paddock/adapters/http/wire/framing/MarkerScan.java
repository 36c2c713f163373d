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
    private static final int LONGEST_KEY = 13;

    /** The beginning of values that stands for all of them. */
    private static final String ANY = "";

    /** A beginning of values that stands for all but null. */
    private static final String NOT_NULL = "!";

    /** A beginning of values that stands for all but 0. */
    private static final String NOT_ZERO = "?";

    /** The markers by the length of their keys. */
    private static final Marker[][] MARKERS = byLength(
            new Marker("error").failure(ANY),
            new Marker("errors").failure(ANY),
            new Marker("detail").failure(ANY),
            new Marker("message").failure("\""),
            new Marker("msg").failure("\""),
            new Marker("object").failure("\"error"),
            new Marker("done_reason").failure("\"error"),
            new Marker("finish_reason").failure("\"error").other(NOT_NULL),
            new Marker("stop_reason").other(NOT_NULL),
            new Marker("type")
                    .failure("\"error", "\"response.failed")
                    .other("\"message_stop", "\"response.completed", "\"response.incomplete", "\"ping", "\"heartbeat", "\"keep"),
            new Marker("done").other("t"),
            new Marker("status").other("\""),
            new Marker("index").other(NOT_ZERO));

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
        for (int index = from; (index = COLON_OR_ESCAPE.next(json, index, end)) < end; index++) {
            if (json[index] == ':' ? isMarker(failuresOnly, json, from, index, end) : isEscapedLetter(json, index + 1, end)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isMarker(boolean failuresOnly, byte[] json, int from, int colon, int end) {
        int quote = colon - 1;
        while (quote > from && isSpace(json[quote])) {
            quote--;
        }
        int value = colon + 1;
        while (value < end && isSpace(json[value])) {
            value++;
        }
        if (value == end || quote <= from || json[quote] != '"') {
            return false;
        }
        int start = quote;
        int limit = Math.max(from, quote - LONGEST_KEY);
        while (start > limit && json[start - 1] != '"') {
            start--;
        }
        for (Marker marker : MARKERS[quote - start]) {
            if (marker.hasKey(json, start, quote) && marker.hasValue(failuresOnly, json, value, end)) {
                return start > from && json[start - 1] == '"';
            }
        }
        return false;
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

    private static Marker[][] byLength(Marker... markers) {
        Marker[][] byLength = new Marker[LONGEST_KEY + 1][];
        for (int length = 0; length < byLength.length; length++) {
            int wanted = length;
            byLength[length] = Arrays.stream(markers).filter(marker -> marker.key.length == wanted).toArray(Marker[]::new);
        }
        return byLength;
    }

    /** A key, and the beginnings of those values that count. */
    private static final class Marker {

        private final byte[] key;
        private byte[][] failures = {};
        private byte[][] others = {};

        Marker(String key) {
            this.key = key.getBytes(US_ASCII);
        }

        /** Adds beginnings of values that may report an error. */
        Marker failure(String... values) {
            failures = bytes(values);
            return this;
        }

        /** Adds beginnings of other values that count. */
        Marker other(String... values) {
            others = bytes(values);
            return this;
        }

        boolean hasKey(byte[] json, int start, int end) {
            return json[start] == key[0] && Arrays.equals(json, start, end, key, 0, key.length);
        }

        boolean hasValue(boolean failuresOnly, byte[] json, int start, int end) {
            return hasAny(failures, json, start, end) || (!failuresOnly && hasAny(others, json, start, end));
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
