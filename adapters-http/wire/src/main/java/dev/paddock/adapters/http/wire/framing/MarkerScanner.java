package dev.paddock.adapters.http.wire.framing;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;

/**
 * Looks for the markers by which a frame may be more than data, without parsing it. A hit may be false (the marker stands in a nested
 * object or in a text), but no marker is missed.
 */
final class MarkerScanner {

    private static final byte[] DONE = "\"done\"".getBytes(US_ASCII);
    private static final byte[] ERROR = "\"error\"".getBytes(US_ASCII);
    private static final byte[] STATUS = "\"status\"".getBytes(US_ASCII);
    private static final byte[] UNICODE_ESCAPE = "u00".getBytes(US_ASCII);

    private MarkerScanner() {}

    static boolean mayContainMarker(byte[] json, int from, int end) {
        for (int index = from; index < end; index++) {
            boolean found = switch (json[index]) {
                case ':' -> isMarker(json, from, index, end);
                case '\\' -> isEscapedLetter(json, index + 1, end);
                default -> false;
            };
            if (found) {
                return true;
            }
        }
        return false;
    }

    private static boolean isMarker(byte[] json, int from, int colon, int end) {
        int keyEnd = colon;
        while (keyEnd > from && isSpace(json[keyEnd - 1])) {
            keyEnd--;
        }
        if (keyEnd - from < DONE.length) {
            return false;
        }
        return switch (json[keyEnd - 2]) {
            case 'e' -> endsWith(json, from, keyEnd, DONE) && firstOfValue(json, colon, end) == 't';
            case 's' -> endsWith(json, from, keyEnd, STATUS) && firstOfValue(json, colon, end) == '"';
            case 'r' -> endsWith(json, from, keyEnd, ERROR) && firstOfValue(json, colon, end) >= 0;
            default -> false;
        };
    }

    /** Returns the first byte behind a colon that is no white space, or -1 when there is none. */
    private static int firstOfValue(byte[] json, int colon, int end) {
        int index = colon + 1;
        while (index < end && isSpace(json[index])) {
            index++;
        }
        return index < end ? json[index] : -1;
    }

    private static boolean endsWith(byte[] json, int from, int end, byte[] expected) {
        int start = end - expected.length;
        return start >= from && Arrays.equals(json, start, end, expected, 0, expected.length);
    }

    /** A letter of a key may be written as an escape. Servers do not do so, but then the marker would be missed. */
    private static boolean isEscapedLetter(byte[] json, int start, int end) {
        int digit = start + UNICODE_ESCAPE.length;
        return digit < end && endsWith(json, start, digit, UNICODE_ESCAPE) && (json[digit] == '6' || json[digit] == '7');
    }

    private static boolean isSpace(byte character) {
        return character == ' ' || character == '\t' || character == '\r' || character == '\n';
    }
}
