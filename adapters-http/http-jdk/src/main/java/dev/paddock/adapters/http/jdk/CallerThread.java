package dev.paddock.adapters.http.jdk;

import java.util.concurrent.CancellationException;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The thread that waits in the client for a head. An interrupt is all that ends the client's {@code send}, so whoever ends
 * the call interrupts the thread, and it leaves without a trace of that: its own interrupts stay. Thread-safe.
 */
final class CallerThread {

    /** What the thread does while it may be interrupted. */
    interface Step<T> {
        T run() throws Exception;
    }

    private final Lock lock = new ReentrantLock();
    private @Nullable Thread waiting; // guarded by lock
    private boolean woken; // guarded by lock
    private boolean ended; // guarded by lock

    /** Runs a step, which {@link #end} interrupts; to interrupt the thread is to end the call, too. */
    <T> T await(Step<T> step) throws Exception {
        enter();
        try {
            return step.run();
        } catch (InterruptedException interrupted) {
            keepInterrupt();
            throw (CancellationException) new CancellationException("Interrupted").initCause(interrupted);
        } finally {
            leave();
        }
    }

    /** Interrupts the thread if it waits; it will not wait again. */
    void end() {
        lock.lock();
        try {
            ended = true;
            if (waiting != null && !woken) {
                woken = true;
                waiting.interrupt();
            }
        } finally {
            lock.unlock();
        }
    }

    private void enter() {
        lock.lock();
        try {
            if (ended) {
                throw new CancellationException("The call was ended");
            }
            waiting = Thread.currentThread();
        } finally {
            lock.unlock();
        }
    }

    /** The exception has taken the interrupt away, which may have been meant for the thread and not for the call. */
    private void keepInterrupt() {
        lock.lock();
        try {
            if (!woken) {
                Thread.currentThread().interrupt();
            }
            woken = false;
            waiting = null;
        } finally {
            lock.unlock();
        }
    }

    private void leave() {
        lock.lock();
        try {
            waiting = null;
            if (woken) {
                Thread.interrupted();
            }
        } finally {
            lock.unlock();
        }
    }
}
