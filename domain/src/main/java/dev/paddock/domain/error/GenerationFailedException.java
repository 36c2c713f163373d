package dev.paddock.domain.error;

import org.jspecify.annotations.Nullable;

/** The server reported a failure inside an answer that had begun well. */
public final class GenerationFailedException extends LlmException {

    private static final long serialVersionUID = 1L;

    /** Creates the failure with what happened, what is known and what caused it (null when nothing did). */
    public GenerationFailedException(String message, ErrorFacts facts, @Nullable Throwable cause) {
        super(ErrorKind.GENERATION_FAILED, message, facts, cause);
    }

    /** Creates the failure with what happened and what is known. */
    public GenerationFailedException(String message, ErrorFacts facts) {
        this(message, facts, null);
    }
}
