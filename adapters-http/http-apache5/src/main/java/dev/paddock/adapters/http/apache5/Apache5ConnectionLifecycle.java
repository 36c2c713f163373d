package dev.paddock.adapters.http.apache5;

import dev.paddock.adapters.http.spi.IdleTimeout;
import dev.paddock.domain.pool.CloseReason;
import java.time.Duration;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The life of one connection as the transport's listener hears of it: opened, leased, closed, in this order, closed
 * exactly once, and nothing at all of a connection that never opened. Thread-safe.
 */
final class Apache5ConnectionLifecycle {

    private enum LifecycleState {
        CONNECTING,
        OPEN,
        CLOSED
    }

    private final Apache5TransportState events;
    private final String id;
    private final Lock lock = new ReentrantLock();
    private LifecycleState stage = LifecycleState.CONNECTING; // guarded by lock
    private long openedAt; // guarded by lock
    private long idleSince; // guarded by lock
    private @Nullable IdleTimeout idleLimit; // guarded by lock; present while no call uses the connection
    private @Nullable CloseReason closeReason; // guarded by lock

    Apache5ConnectionLifecycle(Apache5TransportState events) {
        this.events = events;
        this.id = events.nextConnectionId();
    }

    String id() {
        return id;
    }

    /** Reports the connection as opened and leased to the call that opened it, unless it was closed meanwhile. */
    boolean open(Duration connectTime) {
        lock.lock();
        try {
            if (stage != LifecycleState.CONNECTING) {
                return false;
            }
            stage = LifecycleState.OPEN;
            openedAt = System.nanoTime();
            events.listener().opened(connectTime);
            events.listener().leased(false);
            return true;
        } finally {
            lock.unlock();
        }
    }

    void leaseAgain() {
        lock.lock();
        try {
            idleLimit = null;
            events.listener().leased(true);
        } finally {
            lock.unlock();
        }
    }

    void markIdle(IdleTimeout limit) {
        lock.lock();
        try {
            idleLimit = limit;
            idleSince = System.nanoTime();
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

    /** Says why the connection is about to be closed, for whoever closes it without knowing. */
    void setCloseReason(CloseReason reason) {
        lock.lock();
        try {
            closeReason = reason;
        } finally {
            lock.unlock();
        }
    }

    void close() {
        lock.lock();
        try {
            boolean reported = stage == LifecycleState.OPEN;
            stage = LifecycleState.CLOSED;
            if (reported) {
                events.listener().closed(reason());
            }
        } finally {
            lock.unlock();
        }
    }

    boolean isClosed() {
        lock.lock();
        try {
            return stage == LifecycleState.CLOSED;
        } finally {
            lock.unlock();
        }
    }

    private CloseReason reason() {
        if (closeReason != null) {
            return closeReason;
        }
        if (events.isClosed()) {
            return CloseReason.SHUTDOWN;
        }
        if (idleLimit == null) {
            return CloseReason.DISCARDED;
        }
        Duration idle = Duration.ofNanos(System.nanoTime() - idleSince);
        return idleLimit.isOver(idle) ? idleLimit.reason() : CloseReason.IDLE;
    }
}
