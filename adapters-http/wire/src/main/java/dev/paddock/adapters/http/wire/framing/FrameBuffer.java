package dev.paddock.adapters.http.wire.framing;

import dev.paddock.domain.error.ErrorFacts;
import dev.paddock.domain.error.MalformedResponseException;
import dev.paddock.domain.exchange.Frame;
import java.util.Arrays;

/**
 * The bytes of the frame that is being cut: those of earlier buffers, kept in an own array, followed by those from {@code start} on in
 * the buffer that was fed. Only a frame that spans buffers is copied twice. Indexes count from the start of the frame.
 */
final class FrameBuffer {

    private static final byte[] EMPTY = {};
    private static final int SMALLEST = 512;

    private final int longestFrame;
    private byte[] kept = EMPTY;
    private int keptLength;
    private byte[] fed = EMPTY;
    private int start; // of the current frame in fed
    private int position; // the next byte to read in fed
    private int end;
    private boolean drained = true;

    FrameBuffer(int longestFrame) {
        if (longestFrame < 1) {
            throw new IllegalArgumentException("the longest frame must have at least 1 byte, not " + longestFrame);
        }
        this.longestFrame = longestFrame;
    }

    void feed(byte[] buffer, int offset, int length) {
        requireDrained();
        fed = buffer;
        start = offset;
        position = offset;
        end = offset + length;
        drained = false;
    }

    void requireDrained() {
        if (!drained) {
            throw new IllegalStateException("poll has not returned null since the last feed");
        }
    }

    /** Moves behind the next byte that a search finds, or to the end of what was fed; returns whether one was found. */
    boolean skipBehind(ByteSearch search) {
        int found = search.next(fed, position, end);
        position = Math.min(found + 1, end);
        return found < end;
    }

    /** Returns the number of bytes from the start of the frame to the position. */
    int length() {
        return keptLength + position - start;
    }

    byte at(int index) {
        return index < keptLength ? kept[index] : fed[start + index - keptLength];
    }

    /** Takes the frame that ends at the position, and begins the next one. */
    Frame take(int contentOffset, int contentLength) {
        int length = length();
        byte[] bytes;
        if (keptLength == 0) {
            bytes = Arrays.copyOfRange(fed, start, position);
        } else {
            bytes = Arrays.copyOf(kept, length);
            System.arraycopy(fed, start, bytes, keptLength, length - keptLength);
        }
        keptLength = 0;
        start = position;
        return Frame.data(bytes, contentOffset, contentLength);
    }

    /** Ends the work on what was fed: the part of an unfinished frame is kept. */
    void drain() {
        int needed = length();
        if (needed == 0) {
            kept = EMPTY; // nothing is held while a stream waits
        } else if (needed > kept.length) {
            kept = Arrays.copyOf(kept, Math.max(Math.max(needed, SMALLEST), kept.length + (kept.length >> 1)));
        }
        System.arraycopy(fed, start, kept, keptLength, needed - keptLength);
        keptLength = needed;
        fed = EMPTY;
        start = 0;
        position = 0;
        end = 0;
        drained = true;
    }

    void requireNotTooLong(int length) {
        if (length > longestFrame) {
            throw new MalformedResponseException(
                    "a line or event of the answer is longer than " + longestFrame + " bytes", ErrorFacts.NONE);
        }
    }
}
