package dev.paddock.bootstrap;

import static java.util.Objects.requireNonNull;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Closes what was opened, the latest first. Thread-safe. */
final class Lifecycle implements AutoCloseable {

    private final Lock lock = new ReentrantLock();
    private final Deque<Runnable> closings = new ArrayDeque<>(); // guarded by lock

    /** Adds the action that closes something that was just opened. */
    void onClose(Runnable closing) {
        requireNonNull(closing, "closing");
        lock.lock();
        try {
            closings.push(closing);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Closes everything, even if one action fails; the first failure is thrown at the end. A second thread waits and has nothing to
     * do.
     */
    @Override
    public void close() {
        RuntimeException first = null;
        lock.lock();
        try {
            while (!closings.isEmpty()) {
                first = close(closings.pop(), first);
            }
        } finally {
            lock.unlock();
        }
        if (first != null) {
            throw first;
        }
    }

    private static @Nullable RuntimeException close(Runnable closing, @Nullable RuntimeException before) {
        try {
            closing.run();
            return before;
        } catch (RuntimeException failure) {
            if (before == null) {
                return failure;
            }
            before.addSuppressed(failure);
            return before;
        }
    }
}
