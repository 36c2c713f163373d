package dev.paddock.bootstrap.config;

/** A value is not one that its key can have; becomes a {@link ConfigurationProblem}. */
public final class InvalidValueException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Creates the failure with what is wrong and what is allowed, a text that can follow the name of the key. */
    public InvalidValueException(String message) {
        super(message);
    }

    /** Returns what is wrong and what is allowed. */
    String reason() {
        return String.valueOf(getMessage());
    }

    /** Returns a value as it may stand in a message: on one line, and not too long. */
    static String quote(String value) {
        String line = value.replaceAll("\\p{Cntrl}", "?");
        return "'" + (line.length() > 60 ? line.substring(0, 60) + "..." : line) + "'";
    }
}
