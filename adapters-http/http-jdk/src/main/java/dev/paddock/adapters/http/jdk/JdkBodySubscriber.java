package dev.paddock.adapters.http.jdk;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A body that the client pushes and its reader pulls: the client may read from the connection once, and again when the
 * reader has taken everything that came of it. Thread-safe.
 */
final class JdkBodySubscriber implements HttpResponse.BodySubscriber<JdkBodySubscriber> {

    private final long length;
    private final Lock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<ByteBuffer> arrived = new ArrayDeque<>(); // guarded by lock
    private long received; // guarded by lock
    private boolean complete; // guarded by lock
    private boolean cancelled; // guarded by lock
    private @Nullable Throwable failure; // guarded by lock
    private Flow.@Nullable Subscription subscription; // guarded by lock

    /**
     * Creates a body of which nothing has arrived.
     *
     * @param length how long it is, or -1 when only its end will tell
     */
    JdkBodySubscriber(long length) {
        this.length = length;
    }

    @Override
    public CompletionStage<JdkBodySubscriber> getBody() {
        return CompletableFuture.completedStage(this);
    }

    /** Reads what has arrived, waiting for one byte at least; -1 at the end. What came before a failure comes first. */
    int read(byte[] buffer, int offset, int size) throws IOException {
        int count;
        Flow.@Nullable Subscription drained;
        lock.lock();
        try {
            ByteBuffer next = awaitBytes();
            if (next == null) {
                return -1;
            }
            count = Math.min(size, next.remaining());
            next.get(buffer, offset, count);
            if (!next.hasRemaining()) {
                arrived.remove();
            }
            drained = arrived.isEmpty() ? subscription : null;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw (CancellationException) new CancellationException("Interrupted").initCause(interrupted);
        } finally {
            lock.unlock();
        }
        if (drained != null) {
            drained.request(1);
        }
        return count;
    }

    /** Returns what is to be read next, or null at the end. */
    private @Nullable ByteBuffer awaitBytes() throws IOException, InterruptedException {
        while (true) {
            if (cancelled) {
                throw new CancellationException("The call was cancelled");
            }
            if (!arrived.isEmpty()) {
                return arrived.peek();
            }
            if (complete) {
                return null;
            }
            if (failure != null) {
                throw failure instanceof IOException broken ? broken : new IOException(failure);
            }
            changed.await();
        }
    }

    /** Tells whether all of it has arrived, as far as the connection is concerned. */
    boolean isComplete() {
        lock.lock();
        try {
            return hasArrived();
        } finally {
            lock.unlock();
        }
    }

    /** The client tells the end some time after the last byte, and has given the connection back then or is about to. */
    private boolean hasArrived() {
        return complete || received == length;
    }

    /**
     * Throws away what has arrived, wakes the reader, and closes the connection unless it has done its part.
     *
     * @return false when the client has not yet begun to read, and may never do so
     */
    boolean cancel() {
        Flow.@Nullable Subscription begun;
        boolean unfinished;
        lock.lock();
        try {
            cancelled = true;
            arrived.clear();
            changed.signalAll();
            begun = subscription;
            unfinished = !hasArrived();
        } finally {
            lock.unlock();
        }
        if (begun != null && unfinished) {
            begun.cancel();
        }
        return begun != null;
    }

    /** Says before the client begins to read that it need not. */
    void refuse() {
        lock.lock();
        try {
            cancelled = true;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void onSubscribe(Flow.Subscription started) {
        boolean unwanted;
        lock.lock();
        try {
            subscription = started;
            unwanted = cancelled;
        } finally {
            lock.unlock();
        }
        if (unwanted) {
            started.cancel();
        } else {
            started.request(1);
        }
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        lock.lock();
        try {
            for (ByteBuffer buffer : buffers) {
                received += buffer.remaining();
                if (!cancelled && buffer.hasRemaining()) {
                    arrived.add(buffer);
                }
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void onComplete() {
        lock.lock();
        try {
            complete = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void onError(Throwable cause) {
        lock.lock();
        try {
            if (failure == null) {
                failure = cause;
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
