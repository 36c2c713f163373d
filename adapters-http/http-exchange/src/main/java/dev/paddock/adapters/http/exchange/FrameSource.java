package dev.paddock.adapters.http.exchange;

import dev.paddock.adapters.http.spi.TransportResponse;
import dev.paddock.adapters.http.wire.framing.FrameSplitter;
import dev.paddock.domain.exchange.Framing;
import org.jspecify.annotations.Nullable;

/** The frames of one response body. */
interface FrameSource {

    /** Returns the next frame, waiting for it, or null at the complete end of the body. */
    byte @Nullable [] next();

    static FrameSource of(Framing framing, TransportResponse response, int longestFrame) {
        return switch (framing) {
            case LINES, EVENTS -> new SplitFrames(response, FrameSplitter.of(framing, longestFrame));
            case DOCUMENT -> new DocumentParts(response);
        };
    }
}
