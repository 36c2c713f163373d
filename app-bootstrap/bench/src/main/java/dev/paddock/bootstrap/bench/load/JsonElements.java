package dev.paddock.bootstrap.bench.load;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.Reader;
import org.jspecify.annotations.Nullable;

/**
 * Divides the text of a JSON array into the texts of its elements, so that an array of any length can be read. An element may be malformed.
 * Not thread-safe.
 */
final class JsonElements {

    private static final int END = -1;

    private final Reader array;
    private boolean hasEnded;
    private boolean isFirst = true;

    /** Creates the elements of an array whose opening bracket has been read. */
    JsonElements(Reader array) {
        this.array = requireNonNull(array, "array");
    }

    /**
     * Returns the text of the next element, or null behind the last one.
     *
     * @throws IllegalArgumentException if the array does not end
     */
    @Nullable String next() throws IOException {
        if (hasEnded) {
            return null;
        }
        StringBuilder element = new StringBuilder();
        int depth = 0;
        boolean isText = false;
        for (int character = array.read(); character != END; character = array.read()) {
            if (!isText && depth == 0 && (character == ',' || character == ']')) {
                hasEnded = character == ']';
                boolean isNone = isFirst && hasEnded && element.toString().isBlank();
                isFirst = false;
                return isNone ? null : element.toString();
            }
            element.append((char) character);
            if (isText && character == '\\') {
                int escaped = array.read();
                if (escaped != END) {
                    element.append((char) escaped);
                }
            } else if (character == '"') {
                isText = !isText;
            } else if (!isText && (character == '{' || character == '[')) {
                depth++;
            } else if (!isText && (character == '}' || character == ']')) {
                depth--;
            }
        }
        throw new IllegalArgumentException("is not JSON: the array does not end");
    }
}
