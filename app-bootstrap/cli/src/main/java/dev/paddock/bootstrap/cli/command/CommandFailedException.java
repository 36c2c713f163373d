package dev.paddock.bootstrap.cli.command;

import static java.util.Objects.requireNonNull;

import dev.paddock.domain.error.LlmException;
import org.jspecify.annotations.Nullable;

/** A command failed for a reason outside of Paddock. */
public final class CommandFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String advice;
    private final @Nullable LlmException failure;

    /** Creates the exception with a message and advice for the user. */
    public CommandFailedException(String message, String advice) {
        super(message);
        this.advice = requireNonNull(advice, "advice");
        this.failure = null;
    }

    /** Creates the exception for a failed call, with advice that replaces the usual one. */
    public CommandFailedException(LlmException failure, String advice) {
        super(failure.getMessage(), failure);
        this.advice = requireNonNull(advice, "advice");
        this.failure = failure;
    }

    /** Returns the advice for the user. */
    String advice() {
        return advice;
    }

    /** Returns the failure of the call, or null when no call failed. */
    public @Nullable LlmException failure() {
        return failure;
    }

    /** The command line is invalid; the message says why. */
    public static final class UsageException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        /** Creates the exception with the given message. */
        public UsageException(String message) {
            super(message);
        }
    }
}
