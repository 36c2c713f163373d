package dev.paddock.adapters.http.server;

/** Where a server keeps the body of a request until it is complete. */
public enum BodyStorage {

    /** Nowhere: the request is answered at once. If a body follows, it is discarded, and the connection is closed after the response. */
    NONE,

    /** In memory, within the limits for bodies in memory. */
    MEMORY,

    /** In a file. The body may take any time as long as it is not slower than the minimum rate. */
    FILE
}
