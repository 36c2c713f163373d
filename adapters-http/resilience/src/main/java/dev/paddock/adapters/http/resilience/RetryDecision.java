package dev.paddock.adapters.http.resilience;

import java.util.Locale;

/** The decision after an attempt that failed or was refused; each is counted. */
enum RetryDecision {
    /** A retry follows after a wait. */
    GRANTED,
    /** A retry follows at once because the connection was stale. */
    TRANSPARENT,
    /** No retry: the request is not idempotent, and the server may have executed it. */
    NOT_SAFE,
    /** No retry: the client retries. */
    LEFT_TO_CALLER,
    /** No retry: the failure is final, for example a rejected certificate, so a retry would fail in the same way. */
    POINTLESS,
    /** No retry: the settings allow no further attempt. */
    EXHAUSTED,
    /** No retry: the retry budget, which all calls share, is used up. */
    BUDGET_DENIED,
    /** No retry: too many calls retry at the moment. */
    CONCURRENCY_DENIED,
    /** No retry: the wait would exceed the deadline of the call or the limit in the settings. */
    NO_TIME,
    /** No retry: the circuit stays open for longer than the wait. */
    CIRCUIT_OPEN;

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
