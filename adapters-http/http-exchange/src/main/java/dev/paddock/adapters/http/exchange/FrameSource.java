package dev.paddock.adapters.http.exchange;

import dev.paddock.adapters.http.spi.TransportResponse;
import dev.paddock.adapters.http.wire.framing.FrameSplitter;
import dev.paddock.domain.exchange.ExchangeRequest;
import dev.paddock.domain.exchange.Frame;
import dev.paddock.domain.exchange.Framing;
import dev.paddock.domain.exchange.Headers;
import dev.paddock.domain.exchange.Operation;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The frames of one response body; together they are the body, byte for byte. */
interface FrameSource {

    /** Returns the next frame, waiting for it, or null at the complete end of the body. */
    @Nullable Frame next();

    /**
     * Returns the frames of a response.
     *
     * @param framing how its body is divided
     * @param longestFrame the longest line or event accepted, in bytes
     */
    static FrameSource of(TransportResponse response, Framing framing, int longestFrame) {
        return framing == Framing.DOCUMENT
                ? new DocumentFrames(response)
                : new DelimitedFrames(response, FrameSplitter.of(framing, longestFrame));
    }

    /** Determines how an answer is divided: by its content type. */
    static Framing framing(ExchangeRequest request, TransportResponse response) {
        String contentType = response.headers().first("Content-Type");
        // The last frame of an unknown operation is unknown too, so a truncated stream of one could not be detected.
        if (contentType == null || response.status() >= 300 || request.operation() == Operation.OTHER) {
            return Framing.DOCUMENT;
        }
        return switch (mediaType(contentType)) {
            case "application/x-ndjson" -> Framing.LINES;
            case "text/event-stream" -> Framing.EVENTS;
            default -> Framing.DOCUMENT;
        };
    }

    private static String mediaType(String contentType) {
        int parameters = contentType.indexOf(';');
        String mediaType = parameters < 0 ? contentType : contentType.substring(0, parameters);
        return mediaType.strip().toLowerCase(Locale.ROOT);
    }

    /** Lines or events, cut from the bytes that arrive. */
    final class DelimitedFrames implements FrameSource {

        private static final int BUFFER_SIZE = 8 * 1024;

        private final TransportResponse response;
        private final FrameSplitter splitter;
        private final byte[] buffer = new byte[BUFFER_SIZE];
        private boolean exhausted;

        DelimitedFrames(TransportResponse response, FrameSplitter splitter) {
            this.response = response;
            this.splitter = splitter;
        }

        @Override
        public @Nullable Frame next() {
            Frame frame = splitter.poll();
            while (frame == null && !exhausted) {
                int count = response.read(buffer, 0, buffer.length);
                if (count < 0) {
                    exhausted = true;
                    return splitter.finish();
                }
                splitter.feed(buffer, 0, count);
                frame = splitter.poll();
            }
            return frame;
        }
    }

    /** A document in parts as they arrive, each in an array of its own; a part that fills its array was read into it directly. */
    final class DocumentFrames implements FrameSource {

        private static final int LARGEST_PART = 64 * 1024;
        private static final int USUAL_PART = 8 * 1024;
        private static final byte[] EMPTY = {};

        private final TransportResponse response;
        private byte[] spare = EMPTY; // not handed out to a reader
        private int partSize = USUAL_PART; // where the length is unknown
        private long remaining; // as the Content-Length announces it

        DocumentFrames(TransportResponse response) {
            this.response = response;
            this.remaining = response.headers().contentLength();
        }

        @Override
        public @Nullable Frame next() {
            byte[] part = part();
            int count = response.read(part, 0, part.length);
            if (count < 0) {
                return null;
            }
            if (remaining != Headers.UNKNOWN_LENGTH) {
                remaining = Math.max(0, remaining - count);
            }
            if (count < part.length) {
                spare = part;
                return Frame.data(Arrays.copyOf(part, count));
            }
            spare = EMPTY;
            // A full part suggests that more has arrived: the next one may be larger.
            partSize = Math.min(2 * partSize, LARGEST_PART);
            return Frame.data(part);
        }

        /** Returns an array for the next part, with room for the rest of the body where its length is known. */
        private byte[] part() {
            int size = remaining == Headers.UNKNOWN_LENGTH ? partSize : Math.clamp(remaining, 1, LARGEST_PART);
            return spare.length >= size ? spare : new byte[size];
        }
    }
}
