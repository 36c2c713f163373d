package dev.paddock.adapters.http.spi.support;

import java.net.ProtocolException;
import java.util.HexFormat;

/**
 * The framing of a chunked body (RFC 9112, section 7.1): takes the bytes between the contents of chunks one by one, and knows how long
 * the content is that follows. Rejects what another reader could understand differently. Trailers are dropped. Used by one thread
 * at a time.
 */
public final class ChunkFraming {

    private static final int MAX_TRAILERS = 100;
    private static final int HEXADECIMAL = 16;

    private enum Part {
        SIZE,
        BLANK,
        EXTENSION,
        LINE_END,
        CONTENT_END,
        TRAILER,
        ENDED
    }

    private Part part = Part.SIZE;
    private long left; // of the content of a chunk
    private int length; // of the line
    private int trailers;
    private boolean carriageReturn; // is the byte before

    /** Returns how many bytes of content come next; zero if a byte of the framing does, or nothing. */
    public long left() {
        return part == Part.CONTENT_END ? left : 0;
    }

    /** Returns whether the last chunk and its trailers are complete. */
    public boolean isEnded() {
        return part == Part.ENDED;
    }

    /** Skips bytes of content, at most {@link #left()}. */
    public void skip(int count) {
        left -= count;
    }

    /**
     * Takes the next byte of the framing: only while no content is {@link #left()} and the body has not {@linkplain #isEnded() ended}.
     *
     * @throws ProtocolException if the byte breaks HTTP, or a line has more than 8 KiB
     */
    public void accept(int octet) throws ProtocolException {
        if (++length > ReceivedBytes.BUFFER_SIZE + 2) {
            throw HttpViolation.LINE_LENGTH.toException();
        }
        switch (part) {
            case SIZE -> acceptSize(octet);
            case BLANK -> endSize(octet);
            case EXTENSION -> acceptExtension(octet);
            case LINE_END -> {
                require(octet == '\n');
                startContent();
            }
            case CONTENT_END -> endContent(octet);
            case TRAILER -> acceptTrailer(octet);
            case ENDED -> throw new IllegalStateException("the body has ended");
        }
    }

    /** Only digits are a size, perhaps before an extension: a sign or a blank first is not. */
    private void acceptSize(int octet) throws ProtocolException {
        if (HexFormat.isHexDigit(octet)) {
            require(left <= Long.MAX_VALUE / HEXADECIMAL);
            left = left * HEXADECIMAL + HexFormat.fromHexDigit(octet);
        } else {
            require(length > 1);
            endSize(octet);
        }
    }

    private void endSize(int octet) throws ProtocolException {
        switch (octet) {
            case ' ', '\t' -> part = Part.BLANK;
            case ';' -> part = Part.EXTENSION;
            case '\r' -> part = Part.LINE_END;
            case '\n' -> startContent();
            default -> throw HttpViolation.CHUNK.toException();
        }
    }

    private void acceptExtension(int octet) {
        if (octet == '\r') {
            part = Part.LINE_END;
        } else if (octet == '\n') {
            startContent();
        }
    }

    private void startContent() {
        part = left == 0 ? Part.TRAILER : Part.CONTENT_END;
        length = 0;
        carriageReturn = false;
    }

    private void endContent(int octet) throws ProtocolException {
        if (octet == '\r' && length == 1) {
            return;
        }
        require(octet == '\n');
        part = Part.SIZE;
        length = 0;
    }

    private void acceptTrailer(int octet) throws ProtocolException {
        if (octet == '\n') {
            if (length == (carriageReturn ? 2 : 1)) {
                part = Part.ENDED;
            }
            require(isEnded() || ++trailers <= MAX_TRAILERS);
            length = 0;
        }
        carriageReturn = octet == '\r';
    }

    private static void require(boolean valid) throws ProtocolException {
        if (!valid) {
            throw HttpViolation.CHUNK.toException();
        }
    }
}
