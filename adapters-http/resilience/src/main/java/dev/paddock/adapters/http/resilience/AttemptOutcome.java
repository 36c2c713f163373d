package dev.paddock.adapters.http.resilience;

/** What an attempt tells a circuit about that which lies behind it. */
enum AttemptOutcome {
    /** It is well. */
    SUCCESS,
    /** Nothing: the attempt ended for reasons of our own, or the server has enough to do. */
    NEUTRAL,
    /** It is not well. */
    FAILURE
}
