package dev.paddock.adapters.http.resilience;

import java.util.Locale;

/** The decision after an attempt that failed or was refused; each is counted. */
enum RetryDecision {
    /** Another attempt is made after a wait. */
    GRANTED,
    /** Another attempt is made at once because the connection was stale. */
    TRANSPARENT,
    /** None: the server may have executed the request (it is not idempotent). */
    NOT_SAFE,
    /** None: the client retries already. */
    LEFT_TO_CALLER,
    /** None: it would fail in the same way. */
    POINTLESS,
    /** None: as many were made as the settings allow. */
    EXHAUSTED,
    /** None: all calls together have used up their retries. */
    BUDGET_DENIED,
    /** None: too many calls are retrying now. */
    CONCURRENCY_DENIED,
    /** None: the wait is longer than the call may last, or than the settings allow. */
    NO_TIME,
    /** None: the circuit is open for longer than the wait. */
    CIRCUIT_OPEN;

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
