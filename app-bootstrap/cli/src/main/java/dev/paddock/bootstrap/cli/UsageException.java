package dev.paddock.bootstrap.cli;

/** What was typed makes no sense; the message says what does. */
final class UsageException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UsageException(String message) {
        super(message);
    }
}
