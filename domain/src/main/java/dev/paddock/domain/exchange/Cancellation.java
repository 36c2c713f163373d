package dev.paddock.domain.exchange;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The means to cancel a call; the caller has it before the call starts.
 *
 * <p>Cancelling works in every phase and closes the connection; it never interrupts a thread. One cancellation may stop
 * several calls. Thread-safe.
 */
public final class Cancellation {

    private final Lock lock = new ReentrantLock();
    private @Nullable Action first; // of a chain, so that one of many calls can leave it at once; guarded by lock, as the next
    private @Nullable Action last;
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
        List<Runnable> due = new ArrayList<>();
        lock.lock();
        try {
            cancelled = true;
            for (Action each = first; each != null; each = each.next) {
                each.isLinked = false;
                due.add(each.action);
            }
            first = null;
            last = null;
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
        lock.lock();
        try {
            if (!cancelled) {
                return append(action);
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

    private Action append(Runnable action) {
        Action added = new Action(action, last);
        if (last == null) {
            first = added;
        } else {
            last.next = added;
        }
        last = added;
        return added;
    }

    /** A registered action, a link of the chain. */
    private final class Action implements Registration {

        private final Runnable action;
        private @Nullable Action previous; // guarded by lock, as is all below
        private @Nullable Action next;
        private boolean isLinked = true;

        private Action(Runnable action, @Nullable Action previous) {
            this.action = action;
            this.previous = previous;
        }

        @Override
        public void close() {
            lock.lock();
            try {
                if (isLinked) {
                    isLinked = false;
                    unlink();
                }
            } finally {
                lock.unlock();
            }
        }

        private void unlink() {
            if (previous == null) {
                first = next;
            } else {
                previous.next = next;
            }
            if (next == null) {
                last = previous;
            } else {
                next.previous = previous;
            }
        }
    }

    /** An action waiting for a cancellation; closing it takes the action back. */
    @FunctionalInterface
    public interface Registration extends AutoCloseable {

        @Override
        void close();
    }
}
