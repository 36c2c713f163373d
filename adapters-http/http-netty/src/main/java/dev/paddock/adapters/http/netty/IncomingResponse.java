package dev.paddock.adapters.http.netty;

import static java.util.Objects.requireNonNull;

import dev.paddock.adapters.http.spi.BodyReceiver;
import dev.paddock.adapters.http.spi.support.ResponseHead;
import io.netty.channel.EventLoop;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One response on its way from the event loop to the thread of the call: the head, the body, and how it ends. That thread waits here;
 * while bytes wait for it, at most 48 KiB, the connection is not read. A {@linkplain #forward forwarded} body is handed over on
 * the event loop. Thread-safe: one thread delivers, which is the event loop, and one receives; any thread may fail it.
 */
final class IncomingResponse {

    private static final int PAUSE_ABOVE = 32 * 1024;
    private static final int RESUME_BELOW = 8 * 1024;
    private static final int SMALL = 1024; // an array that may be kept while the connection is silent
    private static final int MOST_PIECES = 2; // of the request's body, written and not yet sent
    private static final byte[] NONE = new byte[0];

    private final EventLoop loop;
    private final Consumer<Boolean> reading;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private @Nullable ResponseHead head; // guarded by the lock, as is everything below
    private byte[] bytes = NONE;
    private int start;
    private int count;
    private int pieces;
    private boolean paused;
    private boolean complete;
    private @Nullable Throwable sendFailure;
    private @Nullable Throwable failure;
    private @Nullable ReceiverException refusal;
    private boolean forwarding;
    private boolean started; // to forward
    private volatile boolean stopped; // handing over
    private @Nullable BodyReceiver forwarded; // confined to the event loop, as are the pauses of its receiver
    private long pauses;
    private boolean finished; // likewise

    /**
     * Creates a response that has not begun.
     *
     * @param loop delivers it
     * @param reading sets whether the connection is read; any thread
     */
    IncomingResponse(EventLoop loop, Consumer<Boolean> reading) {
        this.loop = loop;
        this.reading = reading;
    }

    // The event loop delivers.

    void headArrived(ResponseHead arrived) {
        lock.lock();
        try {
            head = arrived;
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    void bodyArrived(byte[] source, int offset, int length) {
        BodyReceiver receiver = forwarded;
        if (receiver != null) {
            deliver(receiver, source, offset, length);
            return;
        }
        lock.lock();
        try {
            makeRoom(length);
            System.arraycopy(source, offset, bytes, start + count, length);
            count += length;
            if (count > PAUSE_ABOVE && !paused) {
                setPaused(true);
            }
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Called when all bytes of one read have arrived. */
    void readEnded() {
        BodyReceiver receiver = forwarded;
        if (receiver != null && !stopped && !finished) {
            try {
                receiver.flush();
            } catch (RuntimeException | Error refused) {
                refuse(refused);
            }
        }
    }

    /** Ends the response, even if it has arrived whole: what the receiver has not taken is not delivered. */
    private void refuse(Throwable reason) {
        lock.lock();
        try {
            stopped = true;
            refusal = new ReceiverException(reason);
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    private void makeRoom(int length) {
        if (start + count + length <= bytes.length) {
            return;
        }
        byte[] from = bytes;
        if (count + length > bytes.length) {
            bytes = new byte[Math.max(Math.max(2 * bytes.length, SMALL), count + length)];
        }
        System.arraycopy(from, start, bytes, 0, count);
        start = 0;
    }

    void completed() {
        readEnded();
        finished = forwarded != null; // from now on the receiver is not called
        lock.lock();
        try {
            complete = true;
            if (forwarding && paused) {
                setPaused(false); // an idle connection is watched
            }
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    void pieceSent() {
        lock.lock();
        try {
            pieces--;
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Remembers why the request cannot be sent: the server may have answered all the same. */
    void sendFailed(Throwable cause) {
        lock.lock();
        try {
            sendFailure = cause;
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Ends the response early, unless it has ended. What has arrived before is still delivered, unless the call was cancelled. */
    void failed(Throwable cause) {
        lock.lock();
        try {
            if (!complete && failure == null) {
                failure = cause;
                stopped = started;
                changed.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Ends the response from any thread. A forwarded body ends on the event loop, which may be handing a part of it over. */
    void abort(Throwable cause) {
        lock.lock();
        try {
            if (forwarding && !loop.inEventLoop()) {
                runOnLoop(() -> failed(cause));
            } else {
                complete &= count == 0; // what is dropped is missing
                count = 0;
                failed(cause);
            }
        } finally {
            lock.unlock();
        }
    }

    // The thread of the call receives.

    /** Counts one more piece of the request, when there is room for it; false if the rest of the request is not to be sent. */
    boolean awaitRoom() throws IOException {
        lock.lock();
        try {
            awaitWhile(() -> pieces >= MOST_PIECES && isSendable());
            pieces++;
            return isSendable();
        } finally {
            lock.unlock();
        }
    }

    ResponseHead awaitHead() throws IOException {
        lock.lock();
        try {
            awaitWhile(() -> head == null && failure == null);
            if (head == null) {
                throw headFailure(requireNonNull(failure, "failure"));
            }
            return head;
        } finally {
            lock.unlock();
        }
    }

    /** The answer to half a request explains more than the broken connection; without an answer, the reason is that it broke. */
    private IOException headFailure(Throwable cause) {
        if (sendFailure == null) {
            return thrown(cause);
        }
        sendFailure.addSuppressed(cause);
        return thrown(sendFailure);
    }

    private static <T extends IOException> T withCause(T failure, Throwable cause) {
        failure.initCause(cause);
        return failure;
    }

    private static IOException thrown(Throwable cause) {
        return cause instanceof IOException known ? known : new IOException(cause);
    }

    /** Returns the number of bytes read, at least one, or -1 at the end of the body. */
    int read(byte[] target, int offset, int length) throws IOException {
        lock.lock();
        try {
            awaitWhile(() -> count == 0 && !complete && failure == null);
            if (count == 0) {
                if (complete) {
                    return -1;
                }
                throw thrown(requireNonNull(failure, "failure"));
            }
            int taken = Math.min(length, count);
            System.arraycopy(bytes, start, target, offset, taken);
            start += taken;
            count -= taken;
            if (count == 0) {
                start = 0;
                bytes = bytes.length > SMALL ? NONE : bytes;
            }
            if (paused && count < RESUME_BELOW) {
                setPaused(false);
            }
            return taken;
        } finally {
            lock.unlock();
        }
    }

    private void setPaused(boolean wanted) {
        paused = wanted;
        reading.accept(!wanted); // under the lock, so that the last change counts
    }

    private boolean isSendable() {
        return head == null && sendFailure == null && failure == null;
    }

    private void awaitWhile(BooleanSupplier nothingNew) throws InterruptedIOException {
        try {
            while (nothingNew.getAsBoolean()) {
                changed.await();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw withCause(new InterruptedIOException("Interrupted"), interrupted);
        }
    }

    // Forwarding.

    /**
     * Hands the rest of the body to a receiver, on the event loop, and waits until nothing more is handed over.
     *
     * @throws IOException if the body breaks off
     * @throws ReceiverException if the receiver throws an exception
     */
    void forward(BodyReceiver receiver) throws IOException {
        lock.lock();
        try {
            forwarding = true;
            loop.execute(() -> startForwarding(receiver));
            boolean interrupted = false;
            while (!started || !(complete || failure != null || refusal != null)) {
                try {
                    changed.await();
                } catch (InterruptedException interrupt) {
                    interrupted = true;
                    abort(withCause(new InterruptedIOException("Interrupted"), interrupt));
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
            throwFailure();
        } finally {
            lock.unlock();
        }
    }

    private void throwFailure() throws IOException {
        if (refusal != null) {
            throw refusal;
        }
        if (!complete) {
            throw thrown(requireNonNull(failure, "failure"));
        }
    }

    private void startForwarding(BodyReceiver receiver) {
        byte[] arrived;
        int length;
        lock.lock();
        try {
            arrived = bytes;
            length = count;
            bytes = NONE;
            count = 0;
            if (paused) {
                setPaused(false);
            }
        } finally {
            lock.unlock();
        }
        forwarded = receiver;
        if (length > 0) {
            deliver(receiver, arrived, start, length);
            readEnded();
        }
        lock.lock();
        try {
            started = true;
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Never called with the lock: the receiver may wait for another one. */
    private void deliver(BodyReceiver receiver, byte[] source, int offset, int length) {
        if (stopped) {
            return;
        }
        try {
            if (!receiver.receive(source, offset, length) && !paused) {
                setPaused(true);
                long pause = ++pauses;
                receiver.whenReady(() -> resume(pause));
            }
        } catch (RuntimeException | Error refused) {
            refuse(refused);
        }
    }

    /** Reads on after the given pause, unless it is over. */
    private void resume(long pause) {
        if (!loop.inEventLoop()) {
            runOnLoop(() -> resume(pause));
        } else if (paused && pause == pauses) {
            setPaused(false);
        }
    }

    private void runOnLoop(Runnable task) {
        try {
            loop.execute(task);
        } catch (RejectedExecutionException stopping) {
            lock.lock();
            try {
                started = true; // no thread hands anything over any more
                failed(withCause(new SocketException("The event loop has ended"), stopping));
            } finally {
                lock.unlock();
            }
        }
    }
}
