package dev.paddock.domain.error;

import org.jspecify.annotations.Nullable;

/** The caller has sent too many requests, or has used up its quota (429). */
public final class RateLimitedException extends LlmException {

    private static final long serialVersionUID = 1L;

    private final boolean quotaExhausted;

    /**
     * Creates the failure with what happened and what is known.
     *
     * @param quotaExhausted whether the quota or the credit of the caller is used up, so that waiting does not help
     */
    public RateLimitedException(String message, ErrorFacts facts, boolean quotaExhausted) {
        this(message, facts, quotaExhausted, null);
    }

    /** Creates the failure of a caller that can wait, with what happened, what is known and what caused it (null when nothing did). */
    public RateLimitedException(String message, ErrorFacts facts, @Nullable Throwable cause) {
        this(message, facts, false, cause);
    }

    /** Creates the failure of a caller that can wait, with what happened and what is known. */
    public RateLimitedException(String message, ErrorFacts facts) {
        this(message, facts, false, null);
    }

    private RateLimitedException(String message, ErrorFacts facts, boolean quotaExhausted, @Nullable Throwable cause) {
        super(ErrorKind.RATE_LIMITED, message, facts, cause);
        this.quotaExhausted = quotaExhausted;
    }

    /** Returns whether the quota or the credit of the caller is used up. */
    public boolean isQuotaExhausted() {
        return quotaExhausted;
    }

    @Override
    public boolean isRetryable() {
        return !quotaExhausted && super.isRetryable();
    }

    @Override
    public String advice() {
        return quotaExhausted ? "Raise the quota of the account, or pay its bill." : super.advice();
    }
}
