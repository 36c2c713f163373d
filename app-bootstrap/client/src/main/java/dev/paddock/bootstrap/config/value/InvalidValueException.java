package dev.paddock.bootstrap.config.value;

/** A value that its key does not accept; the reader reports it with the key and the origin. */
public final class InvalidValueException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Creates the failure; the message says what is wrong and what is allowed, and can follow the name of the key. */
    public InvalidValueException(String message) {
        super(message);
    }

    /** Returns what is wrong and what is allowed. */
    public String reason() {
        return String.valueOf(getMessage());
    }

    /** Returns a value as messages quote it: on one line, shortened to 60 characters. */
    public static String quote(String value) {
        String line = value.replaceAll("\\p{Cntrl}", "?");
        return "'" + (line.length() > 60 ? line.substring(0, 60) + "..." : line) + "'";
    }
}
