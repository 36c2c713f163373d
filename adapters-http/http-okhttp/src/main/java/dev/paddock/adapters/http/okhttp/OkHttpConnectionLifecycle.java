package dev.paddock.adapters.http.okhttp;

import dev.paddock.adapters.http.spi.IdleTimeout;
import dev.paddock.domain.pool.CloseReason;
import java.time.Duration;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The life of one connection as the transport's listener hears of it: opened, leased, closed, in this order, closed
 * exactly once, and nothing at all of a connection that never opened. Thread-safe.
 */
final class OkHttpConnectionLifecycle {

    private enum ConnectionState {
        CONNECTING,
        OPEN,
        CLOSED
    }

    private final OpenConnections connections;
    private final String id;
    private final Lock lock = new ReentrantLock();
    private ConnectionState stage = ConnectionState.CONNECTING; // guarded by lock
    private int calls; // guarded by lock; more than one over HTTP/2 only
    private boolean reserved; // guarded by lock; one of the calls has not begun yet
    private long openedAt; // guarded by lock
    private long idleSince; // guarded by lock
    private @Nullable IdleTimeout idleLimit; // guarded by lock; present while no call uses the connection
    private @Nullable CloseReason closeReason; // guarded by lock

    OkHttpConnectionLifecycle(OpenConnections connections) {
        this.connections = connections;
        this.id = connections.nextId();
    }

    String id() {
        return id;
    }

    /** Reports the connection as opened and leased to the call that opened it, unless it was closed meanwhile. */
    void open(Duration connectTime) {
        lock.lock();
        try {
            if (stage == ConnectionState.CONNECTING) {
                stage = ConnectionState.OPEN;
                openedAt = System.nanoTime();
                calls = 1;
                connections.listener().opened(connectTime);
                connections.listener().leased(false);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Sets the connection aside for a call that is about to use it, if no other uses it and it is not past its limit. */
    Reservation reserve() {
        lock.lock();
        try {
            if (stage == ConnectionState.CLOSED) {
                return Reservation.REFUSED;
            }
            IdleTimeout limit = idleLimit;
            if (limit == null) {
                return Reservation.NOT_NEEDED;
            }
            if (limit.isOver(idleTime())) {
                closeReason = limit.reason();
                return Reservation.REFUSED;
            }
            idleLimit = null;
            calls = 1;
            reserved = true;
            return Reservation.MADE;
        } finally {
            lock.unlock();
        }
    }

    /** What came of a reservation. */
    enum Reservation {
        MADE,
        NOT_NEEDED,
        REFUSED
    }

    /** Reports the connection as leased to one more call, unless it was closed meanwhile. */
    void leaseAgain() {
        lock.lock();
        try {
            calls += reserved ? 0 : 1;
            reserved = false;
            if (stage == ConnectionState.OPEN) {
                connections.listener().leased(true);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Ends the use by one call. */
    void markIdle(IdleTimeout limit) {
        lock.lock();
        try {
            calls--;
            if (calls == 0 && stage == ConnectionState.OPEN) {
                idleLimit = limit;
                idleSince = System.nanoTime();
            }
        } finally {
            lock.unlock();
        }
    }

    Duration age() {
        lock.lock();
        try {
            return Duration.ofNanos(System.nanoTime() - openedAt);
        } finally {
            lock.unlock();
        }
    }

    boolean isIdle() {
        return locked(() -> stage == ConnectionState.OPEN && idleLimit != null);
    }

    /** Tells whether other calls than the one that asks use the connection. */
    boolean isShared() {
        return locked(() -> calls > 1);
    }

    /** Says why the connection is about to be closed, for whoever closes it without knowing. */
    void setCloseReason(CloseReason reason) {
        lock.lock();
        try {
            closeReason = reason;
        } finally {
            lock.unlock();
        }
    }

    /** Ends the life of a connection that has been unused for the given time or is past its limit; false for any other. */
    boolean endIfIdle(Duration unusedFor) {
        return locked(() -> {
            boolean ends = stage == ConnectionState.OPEN
                    && idleLimit != null
                    && (idleLimit.isOver(idleTime()) || idleTime().compareTo(unusedFor) >= 0);
            if (ends) {
                endNow();
            }
            return ends;
        });
    }

    void end() {
        lock.lock();
        try {
            endNow();
        } finally {
            lock.unlock();
        }
    }

    private void endNow() {
        boolean reported = stage == ConnectionState.OPEN;
        stage = ConnectionState.CLOSED;
        if (reported) {
            connections.listener().closed(reason());
        }
        idleLimit = null;
    }

    private CloseReason reason() {
        if (closeReason != null) {
            return closeReason;
        }
        if (connections.isClosed()) {
            return CloseReason.SHUTDOWN;
        }
        if (idleLimit == null) {
            // What the library refuses after all is stale by a check of its own.
            return reserved ? CloseReason.STALE : CloseReason.DISCARDED;
        }
        return idleLimit.isOver(idleTime()) ? idleLimit.reason() : CloseReason.IDLE;
    }

    private Duration idleTime() {
        return Duration.ofNanos(System.nanoTime() - idleSince);
    }

    private boolean locked(BooleanSupplier action) {
        lock.lock();
        try {
            return action.getAsBoolean();
        } finally {
            lock.unlock();
        }
    }
}
