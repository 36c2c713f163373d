package dev.paddock.testsupport.fault;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A stream whose bytes arrive later. A write returns at once; a virtual thread delivers the bytes and ends when none are
 * left. Written to by one thread.
 */
final class DelayLine extends OutputStream {

    private static final int MOST_PIECES = 256;

    private final OutputStream next;
    private final TcpConnection wire;
    private final Duration delay;
    private final Lock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Queue<Piece> underWay = new ArrayDeque<>(); // guarded by lock, as is all below
    private boolean delivering;
    private @Nullable IOException failure;

    DelayLine(OutputStream next, TcpConnection wire, Duration delay) {
        this.next = next;
        this.wire = wire;
        this.delay = delay;
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        long dueAt = System.nanoTime() + delay.toNanos();
        Piece piece = new Piece(Arrays.copyOfRange(bytes, offset, offset + length), dueAt);
        lock.lock();
        try {
            awaitFewerThan(MOST_PIECES);
            underWay.add(piece);
            if (!delivering) {
                delivering = true;
                Thread.ofVirtual().name("delay-line").start(this::deliver);
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void flush() throws IOException {
        lock.lock();
        try {
            awaitFewerThan(1);
        } finally {
            lock.unlock();
        }
        next.flush();
    }

    @Override
    public void close() throws IOException {
        // The end travels as long as the bytes do.
        write(new byte[0], 0, 0);
        flush();
        next.close();
    }

    private void awaitFewerThan(int pieces) throws IOException {
        try {
            while (failure == null && underWay.size() >= pieces) {
                changed.await();
            }
        } catch (InterruptedException interrupted) {
            throw new InterruptedIOException("interrupted while bytes were under way");
        }
        if (failure != null) {
            throw failure;
        }
    }

    private void deliver() {
        try {
            for (Piece piece = first(); piece != null; piece = following()) {
                wire.pause(Duration.ofNanos(piece.dueAt() - System.nanoTime()));
                next.write(piece.bytes(), 0, piece.bytes().length);
            }
        } catch (IOException broken) {
            fail(broken);
        }
    }

    private @Nullable Piece first() {
        lock.lock();
        try {
            return underWay.peek();
        } finally {
            lock.unlock();
        }
    }

    /** Takes away the piece that was delivered and returns the one after it; null ends the thread. */
    private @Nullable Piece following() {
        lock.lock();
        try {
            underWay.remove();
            changed.signalAll();
            delivering = !underWay.isEmpty();
            return underWay.peek();
        } finally {
            lock.unlock();
        }
    }

    private void fail(IOException broken) {
        lock.lock();
        try {
            failure = broken;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    // Nobody compares pieces: the array may be a component.
    @SuppressWarnings("ArrayRecordComponent")
    private record Piece(byte[] bytes, long dueAt) {}
}
