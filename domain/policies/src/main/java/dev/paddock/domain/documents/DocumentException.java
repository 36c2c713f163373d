package dev.paddock.domain.documents;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/** An index of documents cannot do what was asked. Failures of the embedding model are {@link dev.paddock.domain.error.LlmException}s. */
public final class DocumentException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final DocumentFailure failure;

    /** Creates the failure with its kind, what happened and what caused it (null when nothing did). */
    public DocumentException(DocumentFailure failure, String message, @Nullable Throwable cause) {
        super(requireNonNull(message, "message"), cause);
        this.failure = requireNonNull(failure, "failure");
    }

    /** Creates the failure with its kind and what happened. */
    public DocumentException(DocumentFailure failure, String message) {
        this(failure, message, null);
    }

    /** Returns the kind of the failure. */
    public DocumentFailure failure() {
        return failure;
    }
}
