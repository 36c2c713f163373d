package dev.paddock.adapters.http.wire.json;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * The part of a stream that is being scanned: what was read and not yet let go of. Behind its last byte stands a zero,
 * so that a scan of numbers stops there by itself. Not thread-safe.
 */
final class ByteWindow {

    private static final int USUAL_SIZE = 32 << 10;
    private static final int LARGEST_SIZE = 2 << 20;

    private final InputStream source;
    private byte[] bytes;
    private int kept;
    private int limit;
    private int position;
    private long passed;

    /** Creates the window on bytes that were read already and those that follow them in the stream. */
    ByteWindow(byte[] first, InputStream source) {
        this.source = source;
        this.bytes = Arrays.copyOf(first, Math.max(USUAL_SIZE, first.length + 1));
        this.limit = first.length;
    }

    /** Returns the bytes with the zero behind them. They move when there are {@link #more}. */
    byte[] bytes() {
        return bytes;
    }

    /** Returns the index of the byte to look at. */
    int position() {
        return position;
    }

    /** Goes to an index. */
    void moveTo(int index) {
        position = index;
    }

    /** Tells whether an index is the one behind the last byte. */
    boolean isLimit(int index) {
        return index == limit;
    }

    /** Lets go of all bytes before the position. */
    void pass() {
        passed += position - kept;
        kept = position;
    }

    /** Returns how many bytes were let go of. */
    long passed() {
        return passed;
    }

    /** Returns the bytes that were read and not let go of. */
    byte[] rest() {
        return Arrays.copyOfRange(bytes, kept, limit);
    }

    /**
     * Reads what there is, waiting for one byte at least. The position stays at its byte, whose index changes.
     *
     * @return false when the stream is at its end, or the window would become too large
     */
    boolean more() throws IOException {
        if (limit == bytes.length - 1 && !makeSpace()) {
            return false;
        }
        int count = source.read(bytes, limit, bytes.length - 1 - limit);
        if (count <= 0) {
            return false;
        }
        limit += count;
        bytes[limit] = 0;
        return true;
    }

    private boolean makeSpace() {
        int size = limit - kept;
        boolean isHalfFull = size > bytes.length / 2;
        if (isHalfFull && bytes.length >= LARGEST_SIZE) {
            return false;
        }
        byte[] target = isHalfFull ? new byte[bytes.length * 2] : bytes;
        System.arraycopy(bytes, kept, target, 0, size);
        bytes = target;
        position -= kept;
        limit = size;
        kept = 0;
        return true;
    }
}
