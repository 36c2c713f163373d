package dev.paddock.domain.exchange;

/** Threads that may wait: the virtual ones. Others may be event loops, where a wait would hold up every connection. */
public final class WaitingThread {

    private WaitingThread() {}

    /** Returns whether the current thread may wait. */
    public static boolean isCurrent() {
        return Thread.currentThread().isVirtual();
    }

    /** Runs an action that may wait: in the current thread if that may, else in a new one, and returns at once. */
    public static void run(Runnable action) {
        run(true, action);
    }

    /** Runs an action of which it is known whether it waits: only then is the current thread the wrong one, if it may not. */
    public static void run(boolean waits, Runnable action) {
        if (!waits || isCurrent()) {
            action.run();
        } else {
            start(action);
        }
    }

    /** Runs an action in a new thread that may wait. */
    public static void start(Runnable action) {
        Thread unused = Thread.ofVirtual().name("paddock-call").inheritInheritableThreadLocals(false).start(action);
    }
}
