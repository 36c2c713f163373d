package dev.paddock.adapters.http.resilience;

/** The rule for a retry that the result of an attempt calls for. */
enum RetryRule {
    /** The attempt has an answer, so there is no retry. */
    FINAL(0),
    /** The server has not executed the request, or may execute it again. */
    RETRY(Integer.MAX_VALUE),
    /** As {@link #RETRY}, but a second failure is final. */
    RETRY_ONCE(1),
    /** The server may have executed the request, and must not execute it twice. */
    NOT_SAFE(0),
    /** The client retries: retries on both sides would multiply the attempts. */
    CLIENT_RETRIES(0),
    /** The next attempt would fail in the same way, or its caller no longer waits. */
    NOT_RETRYABLE(0);

    private final int limit;

    RetryRule(int limit) {
        this.limit = limit;
    }

    /** Returns whether another attempt may follow after the given number of retries. */
    boolean allowsAfter(int retries) {
        return retries < limit;
    }
}
