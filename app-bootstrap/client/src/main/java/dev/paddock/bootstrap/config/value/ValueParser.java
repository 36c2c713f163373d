package dev.paddock.bootstrap.config.value;

/** Reads values of one type from their text. */
@FunctionalInterface
public interface ValueParser<T> {

    /**
     * Returns the value that the text means.
     *
     * @throws InvalidValueException if the text is not a value of this type
     */
    T read(String text);
}
