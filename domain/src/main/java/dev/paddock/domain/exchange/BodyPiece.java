package dev.paddock.domain.exchange;

import static java.util.Objects.checkFromIndexSize;
import static java.util.Objects.requireNonNull;

/** Some bytes of a body: a part of an array that must not be changed. */
public final class BodyPiece {

    private final byte[] array;
    private final int offset;
    private final int length;

    /**
     * Creates a piece; the array is not copied.
     *
     * @param offset where the piece begins in the array
     * @param length how many bytes it has
     * @throws IndexOutOfBoundsException if the array has no such part
     */
    public BodyPiece(byte[] array, int offset, int length) {
        this.array = requireNonNull(array, "array");
        this.offset = checkFromIndexSize(offset, length, array.length);
        this.length = length;
    }

    /** Returns the array itself, which may have more before and behind the piece. */
    public byte[] array() {
        return array;
    }

    /** Returns where the piece begins in the array. */
    public int offset() {
        return offset;
    }

    /** Returns how many bytes the piece has. */
    public int length() {
        return length;
    }
}
