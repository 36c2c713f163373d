package dev.paddock.adapters.http.wire.framing;

import dev.paddock.domain.error.ErrorFacts;
import dev.paddock.domain.error.MalformedResponseException;
import org.jspecify.annotations.Nullable;
import java.util.Arrays;

/**
 * The bytes of the frame that is being cut: those of earlier buffers, kept in an array of our own, followed by those
 * from {@code start} on in the buffer that was fed. Only a frame that spans buffers is copied twice.
 */
final class FrameBuffer {

    private static final byte[] NOTHING = {};
    private static final int SMALLEST = 512;

    private final int longestFrame;
    private byte[] kept = NOTHING;
    private int keptLength;
    private byte[] fed = NOTHING;
    private int start; // of the current frame in fed
    private int position; // the next byte to look at
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

    boolean hasNext() {
        return position < end;
    }

    byte next() {
        return fed[position++];
    }

    /** Moves behind the next byte that is searched for, or to the end of what was fed; tells whether it was found. */
    boolean skipBehind(ByteSearch search) {
        int found = search.next(fed, position, end);
        position = Math.min(found + 1, end);
        return found < end;
    }

    /** Returns the number of bytes from the start of the frame to the position. */
    int length() {
        return keptLength + position - start;
    }

    /** Returns a byte of the frame, counted from its start. */
    byte at(int index) {
        return index < keptLength ? kept[index] : fed[start + index - keptLength];
    }

    /** Tells whether the first bytes of the frame are nothing but white space. */
    boolean isBlank(int length) {
        for (int index = 0; index < length; index++) {
            byte next = at(index);
            if (next != ' ' && next != '\t' && next != '\r' && next != '\n') {
                return false;
            }
        }
        return true;
    }

    /** Takes what was left by the last feed, or null when nothing was. */
    byte @Nullable [] takeRest() {
        requireDrained();
        requireNotTooLong(keptLength);
        return keptLength == 0 ? null : take(keptLength);
    }

    /** Takes the first bytes of the frame; what lies between them and the position is dropped. */
    byte[] take(int length) {
        byte[] frame = copy(length);
        restart();
        return frame;
    }

    /** Begins a new frame at the position. */
    void restart() {
        keptLength = 0;
        start = position;
    }

    /** Puts bytes before the frame, which has none yet except those that were just looked at. */
    void prepend(byte[] bytes, int length) {
        keep(bytes, 0, length);
    }

    /** Ends the work on what was fed: the part of an unfinished frame is kept. */
    void drain() {
        keep(fed, start, end - start);
        fed = NOTHING;
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

    private byte[] copy(int length) {
        if (keptLength == 0) {
            return Arrays.copyOfRange(fed, start, start + length);
        }
        byte[] frame = Arrays.copyOf(kept, length);
        if (length > keptLength) {
            System.arraycopy(fed, start, frame, keptLength, length - keptLength);
        }
        return frame;
    }

    private void keep(byte[] bytes, int offset, int length) {
        int needed = keptLength + length;
        if (needed > kept.length) {
            kept = Arrays.copyOf(kept, Math.max(Math.max(needed, SMALLEST), kept.length + (kept.length >> 1)));
        }
        System.arraycopy(bytes, offset, kept, keptLength, length);
        keptLength = needed;
    }
}
