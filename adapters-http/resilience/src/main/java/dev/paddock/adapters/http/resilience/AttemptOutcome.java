package dev.paddock.adapters.http.resilience;

/** The outcome of an attempt as a circuit counts it. */
enum AttemptOutcome {
    /** A success. */
    SUCCESS,
    /** Not counted: the attempt ended on our side, or the server is busy. */
    NEUTRAL,
    /** A failure. */
    FAILURE
}
