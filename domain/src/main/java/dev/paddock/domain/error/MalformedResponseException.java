package dev.paddock.domain.error;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/** The server sent something that is not a valid answer: broken JSON, a broken head, or values of the wrong type. */
public final class MalformedResponseException extends LlmException {

    private static final long serialVersionUID = 1L;

    private final String reason;

    /**
     * Creates the failure with what happened, what is known and what caused it (null when nothing did).
     *
     * @param reason what is wrong with the answer, without the address of the server, so that a gateway may repeat it
     */
    public MalformedResponseException(String message, String reason, ErrorFacts facts, @Nullable Throwable cause) {
        super(ErrorKind.MALFORMED_RESPONSE, message, facts, cause);
        this.reason = requireNonNull(reason, "reason");
    }

    /** Creates the failure with what happened, what is known and what caused it (null when nothing did). */
    public MalformedResponseException(String message, ErrorFacts facts, @Nullable Throwable cause) {
        this(message, "", facts, cause);
    }

    /** Creates the failure with what happened and what is known. */
    public MalformedResponseException(String message, ErrorFacts facts) {
        this(message, facts, null);
    }

    /** Returns what is wrong with the answer, without the address of the server and without content; empty when only the message says. */
    public String reason() {
        return reason;
    }
}
