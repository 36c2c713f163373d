package dev.paddock.bootstrap.cli.command;

/** The command line is invalid; the message says why. */
public final class UsageException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Creates the exception with the given message. */
    public UsageException(String message) {
        super(message);
    }
}
