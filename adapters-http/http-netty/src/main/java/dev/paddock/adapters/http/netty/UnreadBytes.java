package dev.paddock.adapters.http.netty;

import dev.paddock.adapters.http.spi.BodyReceiver;
import org.jspecify.annotations.Nullable;

/** Bytes that have arrived and were not read yet, in one array. While there are none, it keeps at most 1 KiB. Not thread-safe. */
final class UnreadBytes {

    private static final int SMALL = 1024;
    private static final byte[] EMPTY = new byte[0];

    /** None, to which nothing is added. */
    static final UnreadBytes NONE = new UnreadBytes();

    private byte[] bytes = EMPTY;
    private int start;
    private int count;

    /** Returns how many bytes were not read yet. */
    int count() {
        return count;
    }

    /** Adds bytes that have arrived. */
    void add(byte[] source, int offset, int length) {
        if (start + count + length > bytes.length) {
            makeRoom(length);
        }
        System.arraycopy(source, offset, bytes, start + count, length);
        count += length;
    }

    private void makeRoom(int length) {
        byte[] from = bytes;
        if (count + length > bytes.length) {
            bytes = new byte[Math.max(Math.max(2 * bytes.length, SMALL), count + length)];
        }
        System.arraycopy(from, start, bytes, 0, count);
        start = 0;
    }

    /** Reads the first bytes, at most the given number, and returns how many. */
    int take(byte[] target, int offset, int length) {
        int taken = Math.min(length, count);
        System.arraycopy(bytes, start, target, offset, taken);
        start += taken;
        count -= taken;
        if (count == 0) {
            clear();
        }
        return taken;
    }

    /**
     * Hands all bytes over, even if the receiver can take no more: nothing follows them. Therefore without a flush, too, which only matters
     * to a receiver that has to wait for more. Returns the refusal of the receiver, or null.
     */
    @Nullable ReceiverException handTo(BodyReceiver receiver) {
        try {
            boolean unused = count == 0 || receiver.receive(bytes, start, count);
            return null;
        } catch (RuntimeException | Error refusal) {
            return new ReceiverException(refusal);
        }
    }

    /** Hands all bytes over. */
    void forwardTo(BodyForwarder receiver) {
        if (count > 0) {
            receiver.receive(bytes, start, count);
            receiver.flush();
            clear();
        }
    }

    /** Drops all bytes. */
    void clear() {
        start = 0;
        count = 0;
        bytes = bytes.length > SMALL ? EMPTY : bytes;
    }
}
