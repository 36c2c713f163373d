package dev.paddock.adapters.http.resilience;

/** The outcome of an attempt as a circuit counts it. */
enum AttemptOutcome {
    /** A success. */
    SUCCESS,
    /** Not counted: the outcome depends on the request or on this process, or the server is busy. */
    NEUTRAL,
    /** A failure before the request was sent, which no request can cause. */
    FAILURE,
    /** A failure after the request was sent. The request itself may have caused it, see {@link FailingCallers}. */
    FAILURE_AFTER_SENDING
}
