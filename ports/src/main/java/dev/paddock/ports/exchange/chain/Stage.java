package dev.paddock.ports.exchange.chain;

/** The place of a decorator in the chain of an exchange; the first constant is the outermost. */
public enum Stage {
    /** Counts and times what the caller experiences. */
    MEASURE,
    /** Limits the time of the whole call. */
    DEADLINE,
    /** Answers from stored answers. */
    CACHE,
    /** Joins equal requests that are in progress (single-flight). */
    SINGLE_FLIGHT,
    /** Makes one request of several small ones. */
    BATCH,
    /** Bounds the calls in progress; others wait in a queue or are refused. */
    ADMISSION,
    /** Tries again what failed, within a budget. */
    RETRY,
    /** Chooses the server. The stages after it exist once for each server. */
    ROUTE,
    /** Bounds the calls in progress at one server. */
    PERMIT,
    /** Keeps calls from a server that fails. */
    CIRCUIT,
    /** Sees each attempt. */
    ATTEMPT
}
