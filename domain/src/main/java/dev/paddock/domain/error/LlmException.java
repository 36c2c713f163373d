package dev.paddock.domain.error;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * The root of everything that can go wrong with a call to a model server.
 *
 * <p>Each failure says what happened ({@link #getMessage()}), what is known ({@link #facts()}) and what to do
 * ({@link #advice()}). No type of a transport or of a JSON library is ever needed to understand it; a cause, where
 * there is one, is for logs. The set of subclasses is closed, so that a {@code switch} over them is complete.
 *
 * <p>What a failure says never changes, so one failure may be given to several readers.
 */
public abstract sealed class LlmException extends RuntimeException implements Cloneable
        permits AnswerNotCachedException,
                AuthenticationException,
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
                OverloadedException,
                PoolExhaustedException,
                RateLimitedException,
                ServerBusyException,
                ServerFailedException,
                TruncatedResponseException {

    private static final long serialVersionUID = 1L;

    private final ErrorKind kind;
    // Not final because withFacts sets it in the copy, before anybody else sees that.
    @SuppressWarnings("serial") // a record of values; failures are not meant to be serialised
    private ErrorFacts facts;

    LlmException(ErrorKind kind, String message, ErrorFacts facts, @Nullable Throwable cause) {
        super(requireNonNull(message, "message"), cause);
        this.kind = kind;
        this.facts = requireNonNull(facts, "facts");
    }

    /**
     * Creates the failure of a call that was refused here, without a stack trace: calls that are refused may be many, and the message names
     * the limit.
     */
    LlmException(ErrorKind kind, String message, ErrorFacts facts) {
        super(requireNonNull(message, "message"), null, true, false);
        this.kind = kind;
        this.facts = requireNonNull(facts, "facts");
    }

    /** Returns what is known about the failed call. */
    public final ErrorFacts facts() {
        return facts;
    }

    /**
     * Returns this failure with other facts, which an outer layer may know better (the number of attempts, the text received). All
     * else is equal: type, message, cause, stack trace, what was suppressed and the fields of the type.
     */
    public final LlmException withFacts(ErrorFacts newFacts) {
        if (newFacts.equals(facts)) {
            return this;
        }
        try {
            // A copy by a constructor would walk the stack again, and from another place.
            LlmException copy = (LlmException) clone();
            copy.facts = newFacts;
            return copy;
        } catch (CloneNotSupportedException impossible) {
            throw new AssertionError(impossible);
        }
    }

    /** Returns the kind of this failure, a bounded label. */
    public final ErrorKind kind() {
        return kind;
    }

    /**
     * Returns whether the same request may succeed later without a change.
     *
     * <p>This is about the failure alone. Whether a retry is also <em>safe</em> depends on the operation and on the bytes
     * seen, which is for a retry policy to judge.
     */
    public boolean isRetryable() {
        return kind.isRetryable();
    }

    /**
     * Returns what the caller or the operator can do, in a sentence without names of settings; empty when there is nothing to do.
     */
    public String advice() {
        return kind.advice();
    }
}
