package dev.paddock.bootstrap.config;

import static java.util.Objects.requireNonNull;

/**
 * One problem of the configuration. Never contains a secret. Immutable.
 *
 * @param key the key that is wrong, for example {@code paddock.pool.hosts}
 * @param message what is wrong with it, and what is allowed
 * @param origin where it was set: file and line, or the name of an environment variable or of a system property
 */
public record ConfigurationProblem(String key, String message, String origin) {

    public ConfigurationProblem {
        key = onOneLine(key);
        message = onOneLine(message);
        requireNonNull(origin, "origin");
    }

    /** A key or a value that is told may have line breaks, and sequences that a terminal obeys. */
    private static String onOneLine(String text) {
        return requireNonNull(text, "text").replaceAll("\\p{Cntrl}", "?");
    }

    /** Returns the problem in one line. */
    @Override
    public String toString() {
        return key + " " + message + " [" + origin + "]";
    }
}
