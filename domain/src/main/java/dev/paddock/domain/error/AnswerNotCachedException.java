package dev.paddock.domain.error;

/** The caller wanted a stored answer only, and there is none for its request. */
public final class AnswerNotCachedException extends LlmException {

    private static final long serialVersionUID = 1L;

    /** Creates the failure with what happened and what is known. */
    public AnswerNotCachedException(String message, ErrorFacts facts) {
        super(ErrorKind.NOT_CACHED, message, facts, null);
    }
}
