package dev.paddock.domain.model;

import dev.paddock.domain.error.ErrorFacts;
import dev.paddock.domain.error.InvalidRequestException;
import java.util.Locale;

/**
 * The name of a model as the caller writes it: {@code [host/][namespace/]model[:tag]}.
 *
 * @param value not empty, at most 512 characters, without white space and control characters
 */
public record ModelName(String value) {

    private static final int LONGEST = 512;

    public ModelName {
        if (value.isBlank()) {
            throw new InvalidRequestException("the model name is empty", ErrorFacts.NONE);
        }
        if (value.length() > LONGEST) {
            throw new InvalidRequestException(
                    "the model name is longer than " + LONGEST + " characters", ErrorFacts.NONE);
        }
        for (int index = 0; index < value.length(); index++) {
            if (isInvisible(value.charAt(index))) {
                throw new InvalidRequestException(
                        "the model name has white space or a control character in it", ErrorFacts.NONE);
            }
        }
    }

    /** Returns the name under which a server lists a model: a name without a tag has the tag {@code latest}, and case does not matter. */
    public static String canonical(String model) {
        boolean hasTag = model.indexOf(':', model.lastIndexOf('/') + 1) >= 0;
        return (hasTag ? model : model + ":latest").toLowerCase(Locale.ROOT);
    }

    /** Returns the name. */
    @Override
    public String toString() {
        return value;
    }

    private static boolean isInvisible(char character) {
        return Character.isWhitespace(character)
                || Character.isSpaceChar(character)
                || Character.isISOControl(character);
    }
}
