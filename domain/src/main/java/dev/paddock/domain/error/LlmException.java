package dev.paddock.domain.error;

import static java.util.Objects.requireNonNull;

import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The root of everything that can go wrong with a call to a model server.
 *
 * <p>Each failure says what happened ({@link #getMessage()}), what is known ({@link #facts()}) and what to do
 * ({@link #advice()}). No type of a transport or of a JSON library is ever needed to understand it; a cause, where
 * there is one, is for logs. The set of subclasses is closed, so that a {@code switch} over them is complete.
 */
public abstract sealed class LlmException extends RuntimeException
        permits AuthenticationException,
                BackendUnavailableException,
                CallCancelledException,
                CircuitOpenException,
                ClientClosedException,
                ConnectionLostException,
                GenerationFailedException,
                InvalidRequestException,
                LlmTimeoutException,
                MalformedResponseException,
                ModelNotFoundException,
                PoolExhaustedException,
                RateLimitedException,
                ServerBusyException,
                ServerFailedException,
                TruncatedResponseException {

    private static final long serialVersionUID = 1L;

    private final ErrorKind kind;
    // Set by the thread that carries the failure up, before the caller sees it.
    @SuppressWarnings("serial") // a record of values; failures are not meant to be serialised
    private volatile ErrorFacts facts;

    LlmException(ErrorKind kind, String message, ErrorFacts facts, @Nullable Throwable cause) {
        super(requireNonNull(message, "message"), cause);
        this.kind = kind;
        this.facts = requireNonNull(facts, "facts");
    }

    /** Returns what is known about the failed call. */
    public final ErrorFacts facts() {
        return facts;
    }

    /**
     * Adds what an outer layer knows to the facts (the number of attempts, the text received), so that it need not
     * wrap the failure in another of the same type.
     */
    public final void amend(UnaryOperator<ErrorFacts> change) {
        facts = change.apply(facts);
    }

    /** Returns the kind of this failure, a bounded label. */
    public final ErrorKind kind() {
        return kind;
    }

    /**
     * Tells whether the same request may succeed later without a change.
     *
     * <p>This is about the failure alone. Whether a retry is also <em>safe</em> depends on the operation and on the bytes
     * seen, which is for a retry policy to judge.
     */
    public boolean isRetryable() {
        return kind.isRetryable();
    }

    /** Returns what the caller or the operator can do, in a sentence; empty when there is nothing to do. */
    public String advice() {
        return kind.advice();
    }
}
