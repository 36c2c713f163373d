package dev.paddock.bootstrap.cli;

import static java.util.Objects.requireNonNull;

import dev.paddock.domain.error.LlmException;
import org.jspecify.annotations.Nullable;

/** A command could not do what it was asked to, for a reason outside of Paddock. */
final class CommandFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String advice;
    private final @Nullable LlmException failure;

    CommandFailedException(String message, String advice) {
        super(message);
        this.advice = requireNonNull(advice, "advice");
        this.failure = null;
    }

    /** Creates the exception for a call that failed, with advice in place of the usual one. */
    CommandFailedException(LlmException failure, String advice) {
        super(failure.getMessage(), failure);
        this.advice = requireNonNull(advice, "advice");
        this.failure = failure;
    }

    /** Returns what the user can do. */
    String advice() {
        return advice;
    }

    /** Returns the call that failed, or null when it was none. */
    @Nullable LlmException failure() {
        return failure;
    }
}
