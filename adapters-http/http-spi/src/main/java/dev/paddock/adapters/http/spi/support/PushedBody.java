package dev.paddock.adapters.http.spi.support;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The body of a response that an HTTP library pushes and the thread of the call pulls, without copying it in between. The library is asked
 * for more while less than {@link #READ_AHEAD} waits for the reader. Thread-safe: one thread at a time adds, and one reads.
 */
public final class PushedBody {

    /** In bytes. A library hands over what one read of the connection returned, perhaps 16 KiB, so that a little more may wait. */
    public static final int READ_AHEAD = 16 * 1024;

    private static final ByteBuffer END = ByteBuffer.allocate(0);

    private final Runnable demand;
    private final BlockingQueue<ByteBuffer> arrived = new LinkedBlockingQueue<>(); // an empty one, END, comes last, whatever the end is
    private final AtomicLong received = new AtomicLong();
    private final AtomicLong unread = new AtomicLong();
    private volatile boolean complete;
    private volatile boolean cancelled;
    private volatile @Nullable Throwable failure;
    private ByteBuffer current = END; // confined to the reader

    /**
     * Creates a body of which nothing has arrived.
     *
     * @param demand asks the library for more, in the thread of the reader, which it must not hold up
     */
    public PushedBody(Runnable demand) {
        this.demand = demand;
    }

    /** Adds bytes, which belong to this body from now on; returns whether the library may be asked for more now. */
    public boolean add(List<ByteBuffer> bytes) {
        long size = 0;
        for (ByteBuffer buffer : bytes) {
            size += buffer.remaining();
        }
        received.addAndGet(size); // before its reader can know of it
        bytes.stream().filter(ByteBuffer::hasRemaining).forEach(arrived::add);
        return unread.addAndGet(size) < READ_AHEAD;
    }

    /** Ends a body that has arrived whole. */
    public void complete() {
        complete = true;
        arrived.add(END);
    }

    /** Ends a body that breaks off, unless it is complete. What has arrived before is still read. */
    public void fail(Throwable cause) {
        if (!complete) {
            failure = cause;
            arrived.add(END);
        }
    }

    /** Ends a body that is not wanted any more: what has arrived is discarded, and the reader wakes up. */
    public void cancel() {
        cancelled = true;
        arrived.clear();
        arrived.add(END);
    }

    /** Returns whether the body was cancelled. */
    public boolean isCancelled() {
        return cancelled;
    }

    /** Returns how many bytes have arrived, read or not. */
    public long received() {
        return received.get();
    }

    /** Returns whether the body is complete, read or not. */
    public boolean isComplete() {
        return complete;
    }

    /**
     * Reads what has arrived, waiting for at least one byte; -1 at the end, behind which nothing is read.
     *
     * @throws CancellationException if the body was cancelled, or the thread is interrupted, which it stays
     * @throws IOException if the body has broken off
     */
    public int read(byte[] buffer, int offset, int size) throws IOException {
        while (!cancelled && !current.hasRemaining()) {
            current = take();
            if (!current.hasRemaining() && !cancelled) {
                return endOfBody();
            }
        }
        if (cancelled) {
            throw new CancellationException("The call was cancelled");
        }
        int count = Math.min(size, current.remaining());
        current.get(buffer, offset, count);
        long before = unread.getAndAdd(-count);
        if (before >= READ_AHEAD && before - count < READ_AHEAD) {
            demand.run();
        }
        return count;
    }

    private int endOfBody() throws IOException {
        Throwable cause = failure;
        if (cause == null) {
            return -1;
        }
        throw cause instanceof IOException broken ? broken : new IOException(cause);
    }

    private ByteBuffer take() {
        try {
            return arrived.take();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw (CancellationException) new CancellationException("Interrupted").initCause(interrupted);
        }
    }
}
