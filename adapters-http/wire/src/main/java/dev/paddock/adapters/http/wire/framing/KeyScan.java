package dev.paddock.adapters.http.wire.framing;

import static java.nio.charset.StandardCharsets.US_ASCII;

/**
 * Looks for the signs by which a frame might be more than data, without parsing it. It may suspect in vain (the sign
 * stands in a nested object or in a text), but it never overlooks one.
 */
final class KeyScan {

    private static final byte[] DONE = "done\"".getBytes(US_ASCII);
    private static final byte[] ERROR = "error\"".getBytes(US_ASCII);
    private static final byte[] STATUS = "status\"".getBytes(US_ASCII);
    private static final byte[] UNICODE_ESCAPE = "u00".getBytes(US_ASCII);

    private KeyScan() {}

    static boolean mayMatter(byte[] json) {
        for (int index = 0; index < json.length - 1; index++) {
            byte current = json[index];
            if ((current == '"' && isSign(json, index + 1)) || (current == '\\' && isEscapedLetter(json, index + 1))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isSign(byte[] json, int start) {
        return switch (json[start]) {
            case 'd' -> valueBegins(json, start, DONE) == 't';
            case 's' -> valueBegins(json, start, STATUS) == '"';
            case 'e' -> valueBegins(json, start, ERROR) >= 0;
            default -> false;
        };
    }

    /** Returns the first byte of the value of a key, or -1 when the text is not that key. */
    private static int valueBegins(byte[] json, int start, byte[] key) {
        if (!matches(json, start, key)) {
            return -1;
        }
        int colon = skipSpace(json, start + key.length);
        if (colon >= json.length || json[colon] != ':') {
            return -1;
        }
        int value = skipSpace(json, colon + 1);
        return value < json.length ? json[value] : -1;
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

    private static int skipSpace(byte[] json, int start) {
        int index = start;
        while (index < json.length && (json[index] == ' ' || json[index] == '\t' || json[index] == '\r'
                || json[index] == '\n')) {
            index++;
        }
        return index;
    }
}
