package dev.paddock.ports.exchange.decorator;

import dev.paddock.domain.exchange.Frame;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The latest frames of one answer, up to a number of bytes. Frames that the fastest reader has not read are never dropped. Not thread-safe.
 */
final class FrameLog {

    /** Memory of a frame besides its bytes, so that many small ones count, too. */
    private static final int OVERHEAD = 64;

    private static final int COMPACTION = 1024;

    private final int limit;
    private final LongConsumer onChange; // receives by how many bytes the log grows or shrinks
    private final List<@Nullable Frame> frames = new ArrayList<>(); // those before firstHeld are null
    private int firstHeld; // in the list
    private long removed; // frames that are no longer in the list
    private long held; // bytes
    private long end; // the position behind the last frame, in bytes from the start of the answer

    FrameLog(int limit, LongConsumer onChange) {
        this.limit = limit;
        this.onChange = onChange;
    }

    /** Returns the bytes that a frame counts. */
    static int weight(Frame frame) {
        return frame.bytes().length + OVERHEAD;
    }

    /**
     * Adds a frame, and drops the oldest ones that do not fit.
     *
     * @param fastest the position of the fastest reader
     */
    void append(Frame frame, long fastest) {
        frames.add(frame);
        change(weight(frame));
        end += weight(frame);
        while (held > limit && isRead(fastest)) {
            drop();
        }
    }

    /** Returns whether the frames that the fastest reader has not read fill the log. */
    boolean isFull(long fastest) {
        return end - fastest >= limit;
    }

    /** Returns the index of the oldest frame that is held. */
    long first() {
        return removed + firstHeld;
    }

    /** Returns the index behind the latest frame. */
    long next() {
        return removed + frames.size();
    }

    /** Returns a frame that is held. */
    Frame get(long index) {
        Frame frame = frames.get((int) (index - removed));
        if (frame == null) {
            throw new IllegalArgumentException("the frame " + index + " was dropped");
        }
        return frame;
    }

    /** Drops all frames. */
    void clear() {
        while (firstHeld < frames.size()) {
            drop();
        }
    }

    private boolean isRead(long fastest) {
        return firstHeld < frames.size() && end - held + weight(get(first())) <= fastest;
    }

    private void drop() {
        change(-weight(get(first())));
        frames.set(firstHeld++, null);
        if (firstHeld >= COMPACTION) {
            frames.subList(0, firstHeld).clear();
            removed += firstHeld;
            firstHeld = 0;
        }
    }

    private void change(int bytes) {
        held += bytes;
        onChange.accept(bytes);
    }
}
