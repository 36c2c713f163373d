package dev.paddock.adapters.http.exchange;

import dev.paddock.adapters.http.spi.TransportResponse;
import dev.paddock.adapters.http.wire.framing.FrameSplitter;
import dev.paddock.domain.exchange.Framing;
import org.jspecify.annotations.Nullable;

/** The frames of one response body. */
interface FrameSource {

    /** Returns the next frame, waiting for it, or null at the complete end of the body. */
    byte @Nullable [] next();

    /** Tells whether the frames together are the body, byte for byte. */
    boolean isVerbatim();

    /**
     * Returns the frames of a response.
     *
     * @param framing how its body is divided
     * @param verbatim whether the frames together have to be the body, byte for byte
     * @param longestFrame the longest line or event accepted, in bytes
     */
    static FrameSource of(TransportResponse response, Framing framing, boolean verbatim, int longestFrame) {
        return switch (framing) {
            case LINES, EVENTS -> verbatim
                    ? new DelimitedFrames(response, FrameSplitter.verbatim(framing, longestFrame), true)
                    : new DelimitedFrames(response, FrameSplitter.of(framing, longestFrame), false);
            case DOCUMENT -> new DocumentFrames(response);
        };
    }
}
