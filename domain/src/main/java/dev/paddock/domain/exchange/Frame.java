package dev.paddock.domain.exchange;

import static java.util.Objects.checkFromIndexSize;
import static java.util.Objects.requireNonNull;

/**
 * One piece of an answer: a line, an event, or a part of a document, exactly as it was received. The concatenation of all frames is the
 * body of the answer, byte for byte.
 *
 * <p>The <em>content range</em> is the part that a decoder reads: a line without its line end, an event without the empty line that ends
 * it. It is empty for a frame that carries no content, such as a blank line or a comment that keeps the connection alive. Immutable as
 * long as the caller does not change the array, which is not copied.
 */
public final class Frame {

    private final byte[] bytes;
    private final int contentOffset;
    private final int contentLength;
    private final boolean terminal;

    private Frame(byte[] bytes, int contentOffset, int contentLength, boolean terminal) {
        this.bytes = requireNonNull(bytes, "bytes");
        this.contentOffset = checkFromIndexSize(contentOffset, contentLength, bytes.length);
        this.contentLength = contentLength;
        this.terminal = terminal;
    }

    /** Returns a frame whose content is all of its bytes, and after which more may follow. */
    public static Frame data(byte[] bytes) {
        return new Frame(bytes, 0, bytes.length, false);
    }

    /**
     * Returns a frame whose content is a part of its bytes, and after which more may follow.
     *
     * @param contentLength zero for a frame without content
     * @throws IndexOutOfBoundsException if the array has no such range
     */
    public static Frame data(byte[] bytes, int contentOffset, int contentLength) {
        return new Frame(bytes, contentOffset, contentLength, false);
    }

    /** Returns a frame whose content is all of its bytes, and that completes the answer. */
    public static Frame terminal(byte[] bytes) {
        return data(bytes).asTerminal();
    }

    /** Returns this frame as the one that completes the answer. */
    public Frame asTerminal() {
        return new Frame(bytes, contentOffset, contentLength, true);
    }

    /** Returns the bytes as received: the array itself, not a copy. */
    public byte[] bytes() {
        return bytes;
    }

    /** Returns the index at which the content begins in {@link #bytes()}. */
    public int contentOffset() {
        return contentOffset;
    }

    /** Returns the number of bytes of the content. */
    public int contentLength() {
        return contentLength;
    }

    /** Returns whether the frame has content; a decoder skips a frame that has none. */
    public boolean hasContent() {
        return contentLength > 0;
    }

    /** Returns whether the server states with this frame that the answer is complete. */
    public boolean isTerminal() {
        return terminal;
    }

    /** Returns the size only: content is never shown. */
    @Override
    public String toString() {
        return (terminal ? "terminal frame of " : "frame of ") + bytes.length + " bytes";
    }
}
