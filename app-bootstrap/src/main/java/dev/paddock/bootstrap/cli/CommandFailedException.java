package dev.paddock.bootstrap.cli;

import static java.util.Objects.requireNonNull;

/** A command could not do what it was asked to, for a reason outside of Paddock. */
final class CommandFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String advice;

    CommandFailedException(String message, String advice) {
        super(message);
        this.advice = requireNonNull(advice, "advice");
    }

    /** Returns what the user can do. */
    String advice() {
        return advice;
    }
}
