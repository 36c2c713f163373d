package dev.paddock.adapters.http.wire.framing;

import dev.paddock.domain.exchange.Framing;

/**
 * Tells what a server says by a frame, at little cost: a scan of the bytes passes the usual frame, and only a
 * suspicious one is parsed. Stateless and thread-safe.
 *
 * <p>A frame that cannot be understood is {@link FrameKind#DATA}: whoever decodes it will say what is wrong with it.
 */
public interface FrameClassifier {

    /**
     * Returns the classifier for bodies that are divided in the given way. A part of a document says nothing by itself.
     */
    static FrameClassifier of(Framing framing) {
        return switch (framing) {
            case LINES -> LineClassifier.INSTANCE;
            case EVENTS -> SseClassifier.INSTANCE;
            case DOCUMENT -> DocumentClassifier.INSTANCE;
        };
    }

    /** Returns what the server says by a frame. */
    FrameKind classify(byte[] frame);

    /** Returns what the server says about the failure in a frame of kind {@link FrameKind#FAILURE}; never empty. */
    String failureMessage(byte[] frame);
}
