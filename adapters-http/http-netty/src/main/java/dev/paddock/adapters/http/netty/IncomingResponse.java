package dev.paddock.adapters.http.netty;

import static java.util.Objects.requireNonNull;

import dev.paddock.adapters.http.spi.BodyReceiver;
import dev.paddock.adapters.http.spi.support.ResponseHead;
import dev.paddock.domain.exchange.WaitingThread;
import io.netty.channel.EventLoop;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ProtocolException;
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
    private static final int MOST_PIECES = 2; // of the request's body, written and not yet sent

    private final EventLoop loop;
    private final Consumer<Boolean> reading;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private UnreadBytes unread = new UnreadBytes(); // guarded by the lock, as is everything below
    private @Nullable ResponseHead head;
    private int pieces;
    private @Nullable Throwable sendFailure;
    private boolean paused; // because of the unread bytes
    private boolean complete;
    private @Nullable Throwable failure; // null if it is complete
    private @Nullable Runnable whenReadable; // null when it was run
    private @Nullable Consumer<@Nullable IOException> forwardEnd; // null unless the receiver may still be called
    private boolean forwardedByLoop; // whether the end is reported on the event loop
    private @Nullable BodyForwarder forwarder; // set by the event loop, which reads it without the lock

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

    private void change(Runnable change) {
        lock.lock();
        try {
            change.run();
            signal();
        } finally {
            lock.unlock();
        }
    }

    /** Takes the head. The thread of the call learns of it with the end of the read. */
    void headArrived(ResponseHead arrived) {
        lock.lock();
        try {
            head = arrived;
        } finally {
            lock.unlock();
        }
    }

    void bodyArrived(byte[] source, int offset, int length) {
        BodyForwarder to = forwarder;
        if (to != null) {
            to.receive(source, offset, length);
            return;
        }
        lock.lock();
        try {
            unread.add(source, offset, length);
            if (unread.count() > PAUSE_ABOVE && !paused) {
                setPaused(true);
            }
        } finally {
            lock.unlock();
        }
    }

    /** What takes in the bytes of one read. */
    @FunctionalInterface
    interface ReadStep {

        /** Takes the bytes in, and returns where the response ends among them. */
        int take() throws ProtocolException;
    }

    /**
     * Takes in what one read has brought. The thread of the call learns of all of it at once: waking it for each part would cost more than
     * the part.
     */
    int read(ReadStep step) throws ProtocolException {
        if (forwarder != null) {
            try {
                return step.take();
            } finally {
                readEnded();
            }
        }
        lock.lock(); // once for all parts
        try {
            return step.take();
        } finally {
            signal();
            lock.unlock();
        }
    }

    private void signal() {
        changed.signal();
        Runnable then = whenReadable;
        if (then != null && isReadable()) {
            whenReadable = null;
            runLater(then);
        }
    }

    /** Runs an action on the event loop behind the current one. */
    private void runLater(Runnable action) {
        try {
            loop.execute(action);
        } catch (RejectedExecutionException stopping) {
            WaitingThread.start(action); // not in this thread, which has the lock
        }
    }

    /** Runs an action on the event loop once a part of the body has arrived with the head, or the response has ended. */
    void whenReadable(Runnable action) {
        change(() -> whenReadable = action);
    }

    /** Returns whether neither the head nor the next part of the body has to be waited for. */
    boolean isReadable() {
        lock.lock();
        try {
            return failure != null || complete || (head != null && unread.count() > 0);
        } finally {
            lock.unlock();
        }
    }

    /** Called when all that one read has brought was handed in. */
    void readEnded() {
        BodyForwarder to = forwarder;
        if (to == null) {
            change(() -> { });
        } else {
            to.flush();
        }
    }

    void completed() {
        BodyForwarder to = forwarder;
        if (to != null) {
            to.flush();
        }
        change(() -> {
            complete = failure == null;
            endForwarding();
        });
    }

    /** Has the receiver called no more, if it was called before. An idle connection is read. */
    private void endForwarding() {
        BodyForwarder to = forwarder;
        if (to != null) {
            to.end();
            if (complete) {
                to.resume();
            }
            reportEnd();
        }
    }

    /** Reports the end: on the event loop if that began to forward, else to a thread that may wait. */
    private void reportEnd() {
        Consumer<@Nullable IOException> end = forwardEnd;
        if (end == null) {
            return;
        }
        forwardEnd = null;
        IOException reason = complete ? null : thrown(requireNonNull(failure, "failure"));
        if (forwardedByLoop) {
            runLater(() -> end.accept(reason));
        } else {
            WaitingThread.start(() -> end.accept(reason));
        }
    }

    void pieceSent() {
        change(() -> pieces--);
    }

    /** Remembers why the request cannot be sent: the server may have answered all the same. After a failure, that one is the reason. */
    void sendFailed(Throwable cause) {
        change(() -> sendFailure = failure == null ? cause : sendFailure);
    }

    /** Ends the response early, unless it has ended. What has arrived before is still delivered, unless the call was cancelled. */
    void failed(Throwable cause) {
        change(() -> {
            if (!complete && failure == null) {
                failure = cause;
                endForwarding();
            }
        });
    }

    /** Ends the response from any thread. A forwarded body ends on the event loop, which may be handing a part of it over. */
    void abort(Throwable cause) {
        change(() -> {
            if (forwardEnd != null && !loop.inEventLoop()) {
                runOnLoop(() -> failed(cause));
            } else {
                complete &= unread.count() == 0; // else its reader would find the end
                unread.clear();
                failed(cause);
            }
        });
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
            awaitWhile(() -> unread.count() == 0 && !complete && failure == null);
            if (unread.count() == 0) {
                if (complete) {
                    return -1;
                }
                throw thrown(requireNonNull(failure, "failure"));
            }
            int taken = unread.take(target, offset, length);
            if (paused && unread.count() < RESUME_BELOW) {
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
     * Hands the rest of the body to a receiver: on the event loop, or at once when all of it has arrived.
     *
     * @param whenEnded is called once when nothing more is handed over, in the current thread or another one that may wait if it may: with
     *     null, or with the reason why the body breaks off, which is a {@link ReceiverException} if the receiver has thrown anything
     */
    void forward(BodyReceiver receiver, Consumer<@Nullable IOException> whenEnded) {
        UnreadBytes rest;
        lock.lock();
        try {
            if (!complete) {
                loop.execute(() -> startForwarding(receiver));
                forwardEnd = whenEnded;
                forwardedByLoop = loop.inEventLoop();
                return;
            }
            rest = unread;
            unread = UnreadBytes.NONE;
            if (paused) {
                setPaused(false); // an idle connection is read
            }
        } finally {
            lock.unlock();
        }
        whenEnded.accept(rest.handTo(receiver));
    }

    /** Hands over what has arrived before. The connection is read again when what arrives then comes behind it. */
    private void startForwarding(BodyReceiver receiver) {
        BodyForwarder begun = new BodyForwarder(receiver, reading, this::runOnLoop, this::refused);
        unread.forwardTo(begun);
        boolean isReadAgain;
        lock.lock();
        try {
            isReadAgain = paused && !begun.isPaused();
            paused = false;
            forwarder = begun;
            unread = UnreadBytes.NONE; // nothing is kept any more
            if (complete || failure != null) {
                endForwarding();
            }
        } finally {
            lock.unlock();
        }
        if (isReadAgain) {
            reading.accept(true);
        }
    }

    /** Ends the response, even if it has arrived whole: what the receiver has not taken is not delivered. */
    private void refused(Throwable reason) {
        change(() -> {
            complete = false;
            failure = new ReceiverException(reason);
            endForwarding();
        });
    }

    private void runOnLoop(Runnable task) {
        if (loop.inEventLoop()) {
            task.run();
            return;
        }
        try {
            loop.execute(task);
        } catch (RejectedExecutionException stopping) {
            change(() -> {
                failed(withCause(new SocketException("The event loop has ended"), stopping));
                reportEnd(); // no thread hands anything over any more
            });
        }
    }
}
