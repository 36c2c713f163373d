package dev.paddock.adapters.http.pool;

import java.util.concurrent.atomic.AtomicBoolean;

/** The right of one call to use a connection; given back once, however often it is released. Thread-safe. */
final class Permit {

    private final ConnectionPermits origin;
    private final boolean overflow;
    private final AtomicBoolean released = new AtomicBoolean();

    Permit(ConnectionPermits origin, boolean overflow) {
        this.origin = origin;
        this.overflow = overflow;
    }

    /** Tells whether the connection is beyond the limit and must be closed after use. */
    boolean isOverflow() {
        return overflow;
    }

    void release() {
        if (released.compareAndSet(false, true)) {
            origin.release();
        }
    }
}
