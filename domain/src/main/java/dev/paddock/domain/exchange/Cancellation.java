package dev.paddock.domain.exchange;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The means to cancel a call; the caller has it before the call starts.
 *
 * <p>Cancelling works in every phase and closes the connection; it never interrupts a thread. One cancellation may stop
 * several calls. Thread-safe.
 */
public final class Cancellation {

    private final Lock lock = new ReentrantLock();
    private final Map<Object, Runnable> actions = new LinkedHashMap<>(2); // by registration, guarded by lock
    private volatile boolean cancelled; // written under lock

    /** Creates a cancellation that has not happened. */
    public static Cancellation create() {
        return new Cancellation();
    }

    private Cancellation() {}

    /**
     * Cancels: every registered action runs once, in this thread. Does nothing the second time. An action that
     * throws although it must not does not stop the others; its exception is thrown after they ran.
     */
    public void cancel() {
        List<Runnable> due;
        lock.lock();
        try {
            cancelled = true;
            due = new ArrayList<>(actions.values());
            actions.clear();
        } finally {
            lock.unlock();
        }
        runAll(due);
    }

    /** Returns whether {@link #cancel()} was called. */
    public boolean isCancelled() {
        return cancelled;
    }

    /**
     * Registers what to do on cancelling; when that has already happened the action runs at once, in this thread.
     *
     * @param action must not block and must not throw
     * @return closed by the registrant when the action is no longer wanted
     */
    public Registration onCancel(Runnable action) {
        Object registration = new Object(); // so that the same action may be registered twice
        lock.lock();
        try {
            if (!cancelled) {
                actions.put(registration, action);
                return () -> remove(registration);
            }
        } finally {
            lock.unlock();
        }
        action.run();
        return () -> {};
    }

    private static void runAll(List<Runnable> actions) {
        RuntimeException first = null;
        for (Runnable action : actions) {
            try {
                action.run();
            } catch (RuntimeException defect) {
                if (first == null) {
                    first = defect;
                } else {
                    first.addSuppressed(defect);
                }
            }
        }
        if (first != null) {
            throw first;
        }
    }

    private void remove(Object registration) {
        lock.lock();
        try {
            actions.remove(registration);
        } finally {
            lock.unlock();
        }
    }

    /** An action waiting for a cancellation; closing it takes the action back. */
    @FunctionalInterface
    public interface Registration extends AutoCloseable {

        @Override
        void close();
    }
}
