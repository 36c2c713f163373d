package dev.paddock.domain.exchange;

import static java.util.Objects.requireNonNull;

/**
 * One piece of an answer: a line, an event, or a part of a document. Immutable, provided that nobody changes its array,
 * which is not copied.
 */
public final class Frame {

    private final byte[] bytes;
    private final boolean terminal;

    private Frame(byte[] bytes, boolean terminal) {
        this.bytes = requireNonNull(bytes, "bytes");
        this.terminal = terminal;
    }

    /** Returns a frame after which more may follow. */
    public static Frame data(byte[] bytes) {
        return new Frame(bytes, false);
    }

    /** Returns the frame by which the server says that the answer is complete. */
    public static Frame terminal(byte[] bytes) {
        return new Frame(bytes, true);
    }

    /** Returns the bytes themselves, not a copy. */
    public byte[] bytes() {
        return bytes;
    }

    /** Tells whether the server says by this frame that the answer is complete. */
    public boolean isTerminal() {
        return terminal;
    }

    /** Returns the size only: content is never shown. */
    @Override
    public String toString() {
        return (terminal ? "terminal frame of " : "frame of ") + bytes.length + " bytes";
    }
}
