package dev.paddock.domain.exchange;

import dev.paddock.domain.error.ErrorFacts;
import dev.paddock.domain.error.InvalidRequestException;

/**
 * One field of a message head. The name keeps its case; comparing names ignores it (RFC 9110, section 5.1).
 *
 * @param name the field name, a token
 * @param value the field value; empty is allowed, line breaks and NUL are not (RFC 9110, section 5.5)
 */
public record Header(String name, String value) {

    private static final String TOKEN_MARKS = "!#$%&'*+-.^_`|~";

    public Header {
        if (!isToken(name)) {
            throw new InvalidRequestException("a header has an invalid name", ErrorFacts.NONE);
        }
        if (hasLineBreakOrNul(value)) {
            throw new InvalidRequestException(
                    "header " + name + " has a line break or NUL in its value", ErrorFacts.NONE);
        }
    }

    /** Returns whether this field has the given name, whatever its case. */
    public boolean isNamed(String otherName) {
        return name.equalsIgnoreCase(otherName);
    }

    /** Returns the name only: values may be secrets. */
    @Override
    public String toString() {
        return name + ": ...";
    }

    // Loops instead of streams here and in Headers: they run for every field of every message.
    private static boolean isToken(String name) {
        for (int index = 0; index < name.length(); index++) {
            if (!isTokenCharacter(name.charAt(index))) {
                return false;
            }
        }
        return !name.isEmpty();
    }

    private static boolean hasLineBreakOrNul(String value) {
        for (int index = 0; index < value.length(); index++) {
            char character = value.charAt(index);
            if (character == '\r' || character == '\n' || character == 0) {
                return true;
            }
        }
        return false;
    }

    private static boolean isTokenCharacter(int character) {
        return (character >= 'a' && character <= 'z')
                || (character >= 'A' && character <= 'Z')
                || (character >= '0' && character <= '9')
                || TOKEN_MARKS.indexOf(character) >= 0;
    }
}
