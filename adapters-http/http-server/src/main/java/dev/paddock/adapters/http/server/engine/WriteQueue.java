package dev.paddock.adapters.http.server.engine;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The pieces of a response that the handler's thread has written and the event loop has not yet sent. Pieces that wait together are
 * sent together, in one chunk and one system call. Thread-safe: its monitor, which needs no memory beside it, is held for moments only.
 */
final class WriteQueue {

    private final List<byte[]> pieces = new ArrayList<>(4);
    private @Nullable OutgoingHead head; // of the response, when its first piece waits
    private boolean scheduled; // whether the event loop has a task that will drain the queue
    private int count; // of bytes
    private volatile int bytes; // a copy of count for readers without the monitor

    /** Returns how many bytes wait. */
    int bytes() {
        return bytes;
    }

    /**
     * Adds a piece.
     *
     * @param headBefore the head of the response, or null when this is not its first piece
     */
    synchronized void add(@Nullable OutgoingHead headBefore, byte[] piece) {
        if (headBefore != null) {
            head = headBefore;
        }
        pieces.add(piece);
        count += piece.length;
        bytes = count;
    }

    /** Returns whether the caller has to schedule {@link #drainTo}: something waits, and no task was scheduled for it. */
    synchronized boolean schedule() {
        boolean isToBeScheduled = !scheduled && !pieces.isEmpty();
        scheduled |= isToBeScheduled;
        return isToBeScheduled;
    }

    /** Takes what waits. */
    interface Target {

        /**
         * Returns a buffer to which the pieces are added.
         *
         * @param head the head of the response, or null when it was taken before
         * @param length the bytes of the pieces, at least one
         */
        ByteBuf begin(@Nullable OutgoingHead head, int length);
    }

    /** Removes everything that waits, and returns the buffer with it, or null if nothing does. */
    synchronized @Nullable ByteBuf drainTo(Target target) {
        scheduled = false;
        if (pieces.isEmpty()) {
            return null;
        }
        ByteBuf joined = target.begin(head, count);
        for (byte[] piece : pieces) {
            joined.writeBytes(piece);
        }
        head = null;
        pieces.clear();
        count = 0;
        bytes = 0;
        return joined;
    }
}
