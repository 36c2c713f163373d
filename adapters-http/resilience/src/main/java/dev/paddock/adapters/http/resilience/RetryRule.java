package dev.paddock.adapters.http.resilience;

/** Whether an attempt may be followed by another, as far as the attempt itself shows. */
enum RetryRule {
    /** The attempt has an answer; there is nothing to decide. */
    FINAL(0),
    /** The server has not done, or may do again, what was asked. */
    RETRY(Integer.MAX_VALUE),
    /** As above, but if it fails again it will fail for ever. */
    RETRY_ONCE(1),
    /** The server may have done what was asked, and doing it twice is too much. */
    NOT_SAFE(0),
    /** The client retries already: retries on both sides would multiply the attempts. */
    CLIENT_RETRIES(0),
    /** The next attempt would fail in the same way, or its caller no longer waits. */
    NOT_RETRYABLE(0);

    private final int limit;

    RetryRule(int limit) {
        this.limit = limit;
    }

    /** Returns whether another attempt may follow when so many retries were made already. */
    boolean allowsAfter(int retries) {
        return retries < limit;
    }
}
