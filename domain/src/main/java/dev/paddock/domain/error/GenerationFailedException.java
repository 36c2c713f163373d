package dev.paddock.domain.error;

import dev.paddock.domain.exchange.Frame;
import org.jspecify.annotations.Nullable;

/** The server reported a failure inside an answer that had begun as a success. */
public final class GenerationFailedException extends LlmException {

    private static final long serialVersionUID = 1L;

    // Not serialised: only a relay needs the frame.
    private final transient @Nullable Frame frame;

    /** Creates the failure with what happened, what is known and what caused it (null when nothing did). */
    public GenerationFailedException(String message, ErrorFacts facts, @Nullable Throwable cause) {
        super(ErrorKind.GENERATION_FAILED, message, facts, cause);
        this.frame = null;
    }

    /** Creates the failure with what happened and what is known. */
    public GenerationFailedException(String message, ErrorFacts facts) {
        this(message, facts, (Throwable) null);
    }

    /** Creates the failure with what happened, what is known and the frame by which the server said so. */
    public GenerationFailedException(String message, ErrorFacts facts, Frame frame) {
        super(ErrorKind.GENERATION_FAILED, message, facts, null);
        this.frame = frame;
    }

    /** Returns the frame by which the server said so, as it stood in the answer, or null when that is not at hand. */
    public @Nullable Frame frame() {
        return frame;
    }
}
