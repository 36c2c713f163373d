package dev.paddock.adapters.http.server.engine;

/** When something must have happened. Set by one thread, looked at by any. */
final class MutableDeadline {

    private static final long ORIGIN = System.nanoTime();
    private static final long NEVER = Long.MAX_VALUE;

    private volatile long at = NEVER;

    /** Returns the time in nanoseconds since an instant of this process; never negative. */
    static long now() {
        return System.nanoTime() - ORIGIN;
    }

    void set(long nanos) {
        at = nanos;
    }

    void clear() {
        at = NEVER;
    }

    boolean isPassed(long now) {
        return now >= at;
    }
}
