package dev.paddock.adapters.http.wire.framing;

/** What a frame means for its answer. */
public enum FrameKind {
    /** A part of the answer, or no content. */
    DATA,
    /** The last part of the answer: the answer is complete. */
    TERMINAL,
    /** The answer has failed; the frame states the reason. */
    FAILURE
}
