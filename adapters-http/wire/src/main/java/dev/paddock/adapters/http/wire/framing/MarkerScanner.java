package dev.paddock.adapters.http.wire.framing;

import static java.nio.charset.StandardCharsets.US_ASCII;

/**
 * Looks for the signs by which a frame might be more than data, without parsing it. It may suspect in vain (the sign
 * stands in a nested object or in a text), but it never overlooks one.
 */
final class MarkerScanner {

    private static final ByteSearch COLON_OR_ESCAPE = ByteSearch.of(':', '\\');
    private static final byte[] DONE = "\"done\"".getBytes(US_ASCII);
    private static final byte[] ERROR = "\"error\"".getBytes(US_ASCII);
    private static final byte[] STATUS = "\"status\"".getBytes(US_ASCII);
    private static final byte[] UNICODE_ESCAPE = "u00".getBytes(US_ASCII);

    private MarkerScanner() {}

    static boolean mayContainMarker(byte[] json) {
        int index = 0;
        for (; index <= json.length - Long.BYTES; index += Long.BYTES) {
            for (long found = COLON_OR_ESCAPE.candidates(json, index); found != 0; found &= found - 1) {
                if (matters(json, index + ByteSearch.first(found))) {
                    return true;
                }
            }
        }
        for (; index < json.length; index++) {
            if (COLON_OR_ESCAPE.isWanted(json[index]) && matters(json, index)) {
                return true;
            }
        }
        return false;
    }

    /** Tells whether there is a sign at a colon or at an escape, or at what only looks like one. */
    private static boolean matters(byte[] json, int at) {
        return json[at] == ':' ? isSign(json, at) : isEscapedLetter(json, at + 1);
    }

    private static boolean isSign(byte[] json, int colon) {
        int quote = lastOfKey(json, colon);
        if (quote < 1) {
            return false;
        }
        return switch (json[quote - 1]) {
            case 'e' -> endsWith(json, quote, DONE) && firstOfValue(json, colon) == 't';
            case 's' -> endsWith(json, quote, STATUS) && firstOfValue(json, colon) == '"';
            case 'r' -> endsWith(json, quote, ERROR) && firstOfValue(json, colon) >= 0;
            default -> false;
        };
    }

    /** Returns where the last byte before a colon stands that is no white space, or -1 when there is none. */
    private static int lastOfKey(byte[] json, int colon) {
        int index = colon - 1;
        while (index >= 0 && isSpace(json[index])) {
            index--;
        }
        return index;
    }

    /** Returns the first byte behind a colon that is no white space, or -1 when there is none. */
    private static int firstOfValue(byte[] json, int colon) {
        int index = colon + 1;
        while (index < json.length && isSpace(json[index])) {
            index++;
        }
        return index < json.length ? json[index] : -1;
    }

    private static boolean endsWith(byte[] json, int last, byte[] expected) {
        int start = last + 1 - expected.length;
        return start >= 0 && matches(json, start, expected);
    }

    /** A letter of a key may be written as an escape; nobody does, but then it would be overlooked. */
    private static boolean isEscapedLetter(byte[] json, int start) {
        int digit = start + UNICODE_ESCAPE.length;
        return digit < json.length
                && matches(json, start, UNICODE_ESCAPE)
                && (json[digit] == '6' || json[digit] == '7');
    }

    private static boolean matches(byte[] json, int start, byte[] expected) {
        if (start + expected.length > json.length) {
            return false;
        }
        for (int index = 0; index < expected.length; index++) {
            if (json[start + index] != expected[index]) {
                return false;
            }
        }
        return true;
    }

    private static boolean isSpace(byte character) {
        return character == ' ' || character == '\t' || character == '\r' || character == '\n';
    }
}
