package dev.paddock.adapters.http.gateway.accesslog;

import java.util.Locale;

/** Escapes a value so that it cannot end its line, begin another field, or control a terminal. */
final class LogValue {

    private static final int MAX_LENGTH = 256;
    private static final String PLAIN_MARKS = "-_.:/@+[]%";

    private LogValue() {}

    static String of(String value) {
        String bounded = value.length() > MAX_LENGTH ? value.substring(0, MAX_LENGTH) : value;
        if (isPlain(bounded)) {
            return bounded;
        }
        StringBuilder quoted = new StringBuilder(bounded.length() + 16).append('"');
        bounded.chars().forEach(character -> append(quoted, (char) character));
        return quoted.append('"').toString();
    }

    private static void append(StringBuilder quoted, char character) {
        if (character == '"' || character == '\\') {
            quoted.append('\\').append(character);
        } else if (character >= ' ' && character <= '~') {
            quoted.append(character);
        } else {
            quoted.append(String.format(Locale.ROOT, "\\u%04x", (int) character));
        }
    }

    private static boolean isPlain(String value) {
        for (int at = 0; at < value.length(); at++) {
            if (!isPlain(value.charAt(at))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isPlain(char character) {
        return (character >= 'a' && character <= 'z')
                || (character >= 'A' && character <= 'Z')
                || (character >= '0' && character <= '9')
                || PLAIN_MARKS.indexOf(character) >= 0;
    }
}
