package dev.paddock.bootstrap.config;

/** Reads the text of a value. */
@FunctionalInterface
public interface ValueParser<T> {

    /**
     * Returns what the text means.
     *
     * @throws InvalidValueException if it is no such value
     */
    T read(String text);
}
