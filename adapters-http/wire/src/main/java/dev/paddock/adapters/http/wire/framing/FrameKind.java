package dev.paddock.adapters.http.wire.framing;

/** What a server says by a frame. */
public enum FrameKind {
    /** A part of the answer. */
    DATA,
    /** The last part of the answer: it is complete. */
    TERMINAL,
    /** The answer has failed; the frame says why. */
    FAILURE
}
