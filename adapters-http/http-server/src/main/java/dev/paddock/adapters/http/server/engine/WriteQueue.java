package dev.paddock.adapters.http.server.engine;

import io.netty.handler.codec.http.HttpObject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What the thread of a request has written and the thread of its connection has not yet taken. Pieces that wait together are
 * taken together: one chunk and one call of the system instead of many. Thread-safe.
 */
final class WriteQueue {

    private final Lock lock = new ReentrantLock();
    private final List<byte[]> pieces = new ArrayList<>(4);
    private @Nullable HttpObject head; // of the answer, when its first piece waits
    private int count; // of bytes
    private volatile int bytes; // the same, for those who only look

    /** Takes what waited. */
    interface WriteConsumer {

        /**
         * Takes it.
         *
         * @param head the head of the answer, or null when it was taken before
         * @param joined the pieces as one
         */
        void accept(@Nullable HttpObject head, byte[] joined);
    }

    /** How many bytes wait. */
    int bytes() {
        return bytes;
    }

    /**
     * Adds a piece.
     *
     * @param headBefore the head of the answer, or null when this is not its first piece
     * @return whether nothing waited, so that somebody has to be told to take what waits now
     */
    boolean add(@Nullable HttpObject headBefore, byte[] piece) {
        lock.lock();
        try {
            if (headBefore != null) {
                head = headBefore;
            }
            pieces.add(piece);
            count += piece.length;
            bytes = count;
            return pieces.size() == 1;
        } finally {
            lock.unlock();
        }
    }

    /** Hands out everything that waits. */
    void drainTo(WriteConsumer taker) {
        HttpObject first;
        byte[] joined;
        lock.lock();
        try {
            first = head;
            joined = join();
            head = null;
            pieces.clear();
            count = 0;
            bytes = 0;
        } finally {
            lock.unlock();
        }
        taker.accept(first, joined);
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
