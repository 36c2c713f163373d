package dev.paddock.adapters.http.jdk;

/** How a call ended. */
enum CallOutcome {
    /** It has not. */
    NONE,
    /** Its response was read to its end. */
    COMPLETE,
    /** It failed by itself. */
    FAILED,
    /** Its caller ended it. */
    CANCELLED,
    /** The transport was closed. */
    CLOSED
}
