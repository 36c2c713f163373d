package dev.paddock.adapters.http.server.engine;

/** What a connection is about. */
enum ConnectionPhase {

    /** Nothing of a request has come. */
    IDLE,

    /** A head has begun that is not complete. */
    HEAD,

    /** A head is complete, its body is not. */
    BODY,

    /** A request is being answered. */
    ANSWER,

    /** The answers are over; what still comes in is discarded, so that the last answer is not lost to a reset. */
    LINGERING_CLOSE
}
