package dev.paddock.adapters.http.server.engine;

import io.netty.handler.codec.http.HttpObject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The pieces of a response that the handler's thread has written and the event loop has not yet sent. Pieces that wait together are
 * sent together, in one chunk and one system call. Thread-safe.
 */
final class WriteQueue {

    private final Lock lock = new ReentrantLock();
    private final List<byte[]> pieces = new ArrayList<>(4);
    private @Nullable HttpObject head; // of the response, when its first piece waits
    private boolean scheduled; // whether the event loop has a task that will drain the queue
    private int count; // of bytes
    private volatile int bytes; // a copy of count for readers without the lock

    /** Returns how many bytes wait. */
    int bytes() {
        return bytes;
    }

    /**
     * Adds a piece.
     *
     * @param headBefore the head of the response, or null when this is not its first piece
     */
    void add(@Nullable HttpObject headBefore, byte[] piece) {
        lock.lock();
        try {
            if (headBefore != null) {
                head = headBefore;
            }
            pieces.add(piece);
            count += piece.length;
            bytes = count;
        } finally {
            lock.unlock();
        }
    }

    /** Returns whether the caller has to schedule {@link #drainTo}: something waits, and no task was scheduled for it. */
    boolean schedule() {
        lock.lock();
        try {
            boolean isToBeScheduled = !scheduled && !pieces.isEmpty();
            scheduled |= isToBeScheduled;
            return isToBeScheduled;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Removes everything that waits, if anything does, and passes it on: the head of the response, or null when it was passed on before, and
     * the bytes.
     */
    void drainTo(BiConsumer<@Nullable HttpObject, byte[]> consumer) {
        HttpObject first;
        byte[] joined;
        lock.lock();
        try {
            scheduled = false;
            if (pieces.isEmpty()) {
                return;
            }
            first = head;
            joined = join();
            head = null;
            pieces.clear();
            count = 0;
            bytes = 0;
        } finally {
            lock.unlock();
        }
        consumer.accept(first, joined);
    }

    private byte[] join() {
        if (pieces.size() == 1) {
            return pieces.getFirst();
        }
        byte[] joined = new byte[count];
        int at = 0;
        for (byte[] piece : pieces) {
            System.arraycopy(piece, 0, joined, at, piece.length);
            at += piece.length;
        }
        return joined;
    }
}
