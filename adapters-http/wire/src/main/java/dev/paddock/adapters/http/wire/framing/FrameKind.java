package dev.paddock.adapters.http.wire.framing;

/** What a frame means for its answer. */
public enum FrameKind {
    /** A part of the answer. */
    DATA,
    /** No part of the answer: it only shows that the server is there, while it has nothing to say. */
    HEARTBEAT,
    /** The last part of the answer: the answer is complete. */
    TERMINAL,
    /** The answer has failed; the frame states the reason. */
    FAILURE
}
