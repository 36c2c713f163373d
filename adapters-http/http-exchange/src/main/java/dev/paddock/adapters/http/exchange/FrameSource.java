package dev.paddock.adapters.http.exchange;

import static java.util.Objects.requireNonNull;

import dev.paddock.adapters.http.spi.BodyReader;
import dev.paddock.adapters.http.spi.TransportResponse;
import dev.paddock.adapters.http.wire.framing.FrameSplitter;
import dev.paddock.adapters.http.wire.framing.FramingDetector;
import dev.paddock.domain.exchange.ExchangeRequest;
import dev.paddock.domain.exchange.Frame;
import dev.paddock.domain.exchange.Framing;
import dev.paddock.domain.exchange.Headers;
import dev.paddock.domain.exchange.Operation;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The frames of one response body; together they are the body, byte for byte. They are pulled, which reads the response, or cut from
 * bytes that are fed. Feeding may begin after the first frame was pulled; nothing is pulled afterwards.
 */
interface FrameSource {

    /** Returns the next frame, waiting for it, or null at the complete end of the body. */
    @Nullable Frame next();

    /** Returns whether {@link #next()} would not wait, and reads what has arrived to find that out. */
    boolean isReady();

    /** Takes the next bytes of the body, of which {@link #poll} returned all frames before; they may change once it returns null. */
    void feed(byte[] buffer, int offset, int length);

    /** Returns the next frame of the bytes that have been read or fed, or null when more bytes are needed. */
    @Nullable Frame poll();

    /** Returns the next frame of a body that has ended, or null when there is none. */
    @Nullable Frame finish();

    /** Returns what has the frames that follow, once the first one was pulled. */
    default FrameSource settled() {
        return this;
    }

    /** Returns how the body is divided: as its head suggests until the first frame has been returned, from then on as it is. */
    Framing framing();

    /**
     * Returns the frames of a response. The first bytes decide how a body is divided that may be a stream.
     *
     * @param longestFrame the longest line or event accepted, in bytes
     */
    static FrameSource of(ExchangeRequest request, TransportResponse response, int longestFrame) {
        return response.status() >= 300 || !mayStream(request.operation())
                ? new DocumentFrames(response)
                : new DetectedFrames(response, request.isStream(), longestFrame);
    }

    /** The last frame of an unknown operation is unknown, too, so a truncated stream of one could not be detected. */
    private static boolean mayStream(Operation operation) {
        return switch (operation) {
            case CHAT, GENERATE, PULL_MODEL, PUSH_MODEL, CREATE_MODEL -> true;
            case EMBED, LIST_MODELS, RUNNING_MODELS, SHOW_MODEL, VERSION, COPY_MODEL, DELETE_MODEL, TRANSFER_BLOB, OTHER -> false;
        };
    }

    /** No bytes. */
    byte[] EMPTY = {};

    /** Frames of a body whose first bytes decide how it is divided. */
    final class DetectedFrames implements FrameSource {

        private static final int BUFFER_SIZE = 8 * 1024;
        private static final int BUFFER_SIZE_OF_STREAM = 1024; // it is held while the first token is awaited

        private final TransportResponse response;
        private final FramingDetector detector;
        private final int longestFrame;
        private byte[] buffer; // what the detection has read
        private int length;
        private @Nullable FrameSource detected;

        DetectedFrames(TransportResponse response, boolean stream, int longestFrame) {
            this.response = response;
            this.detector = new FramingDetector(response.headers().first("Content-Type"), stream);
            this.longestFrame = longestFrame;
            this.buffer = EMPTY;
        }

        @Override
        public Framing framing() {
            return detector.framing();
        }

        @Override
        public @Nullable Frame next() {
            boolean unused = detect(true);
            return requireDetected().next();
        }

        @Override
        public boolean isReady() {
            return detect(false) && requireDetected().isReady();
        }

        @Override
        public FrameSource settled() {
            return requireDetected();
        }

        @Override
        public void feed(byte[] buffer, int offset, int length) {
            requireDetected().feed(buffer, offset, length);
        }

        @Override
        public @Nullable Frame poll() {
            return requireDetected().poll();
        }

        @Override
        public @Nullable Frame finish() {
            return requireDetected().finish();
        }

        private FrameSource requireDetected() {
            return requireNonNull(detected, "the first frame has been pulled");
        }

        /** Reads until it is known how the body is divided, and returns whether it is. */
        private boolean detect(boolean mayWait) {
            if (detected != null) {
                return true;
            }
            long announced = response.headers().contentLength();
            boolean isKnown = false;
            while (!isKnown && (mayWait || response.isReadable())) {
                makeRoom(announced);
                int count = response.read(buffer, length, buffer.length - length);
                length += Math.max(0, count);
                isKnown = count < 0 || detector.detect(buffer, length) || length == announced;
            }
            if (isKnown) {
                detected = detector.framing() == Framing.DOCUMENT
                        ? new DocumentFrames(response, buffer, length)
                        : new DelimitedFrames(response, detector.framing(), longestFrame, buffer, length);
                buffer = EMPTY;
            }
            return isKnown;
        }

        /** The buffer fits a short document exactly, so that it need not be copied. */
        private void makeRoom(long announced) {
            if (buffer.length == 0) {
                int size = detector.framing() == Framing.DOCUMENT ? BUFFER_SIZE : BUFFER_SIZE_OF_STREAM;
                buffer = new byte[announced == Headers.UNKNOWN_LENGTH ? size : Math.clamp(announced, 1, BUFFER_SIZE)];
            } else if (length == buffer.length) {
                buffer = Arrays.copyOf(buffer, 2 * length);
            }
        }
    }

    /** Lines or events, cut from the bytes that arrive. */
    final class DelimitedFrames implements FrameSource {

        private final BodyReader reader;
        private final Framing framing;
        private final FrameSplitter splitter;
        private @Nullable Frame found; // by the question whether there is one
        private boolean exhausted;

        /** Creates the frames of a body whose first bytes are at the start of the buffer. */
        DelimitedFrames(TransportResponse response, Framing framing, int longestFrame, byte[] buffer, int length) {
            this.reader = new BodyReader(response);
            this.framing = framing;
            this.splitter = FrameSplitter.of(framing, longestFrame);
            feed(buffer, 0, length);
        }

        @Override
        public Framing framing() {
            return framing;
        }

        @Override
        public @Nullable Frame next() {
            Frame frame = read(true);
            return frame == null ? finish() : frame;
        }

        @Override
        public boolean isReady() {
            found = read(false);
            return found != null || exhausted;
        }

        private @Nullable Frame read(boolean mayWait) {
            Frame frame = poll();
            while (frame == null && !exhausted && (mayWait || reader.isReadable())) {
                int count = reader.read();
                exhausted = count < 0;
                if (!exhausted) {
                    feed(reader.buffer(), 0, count);
                    frame = poll();
                }
            }
            return frame;
        }

        @Override
        public void feed(byte[] buffer, int offset, int length) {
            splitter.feed(buffer, offset, length);
        }

        @Override
        public @Nullable Frame poll() {
            Frame frame = found;
            found = null;
            return frame == null ? splitter.poll() : frame;
        }

        @Override
        public @Nullable Frame finish() {
            return splitter.finish();
        }
    }

    /** A document in parts as they arrive, each in an array of its own; a part that fills its array was read into it directly. */
    final class DocumentFrames implements FrameSource {

        private static final int LARGEST_PART = 64 * 1024;
        private static final int USUAL_PART = 8 * 1024;
        private final TransportResponse response;
        private int received; // bytes in the spare array that have not been returned yet, -1 at the end
        private byte[] spare; // not handed out to a reader
        private int partSize = USUAL_PART; // where the length is unknown
        private long remaining; // as the Content-Length announces it

        DocumentFrames(TransportResponse response) {
            this(response, EMPTY, 0);
        }

        /** Creates the frames of a body whose first bytes are at the start of the buffer, which is used again. */
        DocumentFrames(TransportResponse response, byte[] buffer, int length) {
            this.response = response;
            this.remaining = response.headers().contentLength();
            this.spare = buffer;
            this.received = length;
        }

        @Override
        public Framing framing() {
            return Framing.DOCUMENT;
        }

        @Override
        public boolean isReady() {
            return received != 0 || response.isReadable();
        }

        @Override
        public @Nullable Frame next() {
            if (received == 0) {
                spare = part();
                received = response.read(spare, 0, spare.length);
            }
            return poll();
        }

        @Override
        public void feed(byte[] buffer, int offset, int length) {
            spare = Arrays.copyOfRange(buffer, offset, offset + length);
            received = length;
        }

        @Override
        public @Nullable Frame finish() {
            return null;
        }

        @Override
        public @Nullable Frame poll() {
            int count = received;
            byte[] part = spare;
            if (count <= 0) {
                return null;
            }
            received = 0;
            reduceRemaining(count);
            if (count < part.length) {
                return Frame.data(Arrays.copyOf(part, count));
            }
            spare = EMPTY;
            // A full part suggests that more has arrived: the next one may be larger.
            partSize = Math.min(2 * partSize, LARGEST_PART);
            return Frame.data(part);
        }

        private void reduceRemaining(int count) {
            if (remaining != Headers.UNKNOWN_LENGTH) {
                remaining = Math.max(0, remaining - count);
            }
        }

        /** Returns an array for the next part, with room for the rest of the body where its length is known. */
        private byte[] part() {
            int size = remaining == Headers.UNKNOWN_LENGTH ? partSize : Math.clamp(remaining, 1, LARGEST_PART);
            return spare.length >= size ? spare : new byte[size];
        }
    }
}
