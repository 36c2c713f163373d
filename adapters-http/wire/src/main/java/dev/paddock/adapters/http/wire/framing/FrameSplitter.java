package dev.paddock.adapters.http.wire.framing;

import dev.paddock.domain.exchange.Framing;
import org.jspecify.annotations.Nullable;

/**
 * Cuts the bytes of a body into frames. However the bytes are spread over the calls of {@link #feed}, the frames are
 * the same.
 *
 * <p>Call {@code feed}, then {@link #poll} until it returns null, and so on; at the end of the body {@link #finish}
 * once. A splitter is not thread-safe, and useless after it has thrown.
 */
public interface FrameSplitter {

    /**
     * Returns a splitter at the start of a body.
     *
     * @param framing how the body is divided
     * @param longestFrame the most bytes that a line or an event may have, positive; parts of a document are as long as
     *     they
     *     arrive
     */
    static FrameSplitter of(Framing framing, int longestFrame) {
        return switch (framing) {
            case LINES -> new LineSplitter(longestFrame);
            case EVENTS -> new SseSplitter(longestFrame);
            case DOCUMENT -> new DocumentSplitter();
        };
    }

    /**
     * Returns a splitter at the start of a body that is to be passed on: its frames together are the body, byte for byte.
     *
     * @param framing how the body is divided
     * @param longestFrame the most bytes that a line or an event may have with its end, positive
     */
    static FrameSplitter verbatim(Framing framing, int longestFrame) {
        return switch (framing) {
            case LINES -> new VerbatimLineSplitter(longestFrame);
            case EVENTS -> new VerbatimSseSplitter(longestFrame);
            case DOCUMENT -> new DocumentSplitter();
        };
    }

    /**
     * Hands over the next bytes of the body. They are read by the calls of {@link #poll} that follow and must not
     * change until one of them has returned null; after that the buffer may be used again.
     *
     * @throws IllegalStateException if {@code poll} has not returned null since the last call
     */
    void feed(byte[] buffer, int offset, int length);

    /**
     * Returns the next complete frame in an array of its own, or null when more bytes are needed. It must be called
     * until it returns null before the next {@link #feed}.
     *
     * @throws dev.paddock.domain.error.MalformedResponseException if a frame is longer than allowed
     */
    byte @Nullable [] poll();

    /**
     * Returns what stands at the end of the body without a line end, or null when nothing does.
     *
     * <p>A line is a frame without its line end. An event that lacks the empty line is a frame when it has data: the
     * standard would drop it, but then a server that forgets the last line end would seem to have cut its answer short.
     * A verbatim splitter returns whatever is left.
     *
     * @throws dev.paddock.domain.error.MalformedResponseException if it is longer than allowed
     * @throws IllegalStateException if {@code poll} has not returned null since the last {@code feed}
     */
    byte @Nullable [] finish();
}
