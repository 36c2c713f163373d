package dev.paddock.adapters.http.pool;

import dev.paddock.adapters.http.spi.TransportException;
import dev.paddock.adapters.http.spi.TransportFailure;
import dev.paddock.domain.exchange.CallProgress;
import dev.paddock.domain.exchange.Cancellation;
import dev.paddock.domain.pool.PoolLimits;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The right to use a connection to one endpoint, given out as the limits allow: this is what makes limits mean the same on
 * every transport. Waiters are served first come, first served; joining and leaving the queue cost the same however long it is.
 * Thread-safe.
 */
final class ConnectionPermits {

    private final PoolLimits limits;
    private final Lock lock = new ReentrantLock();
    private final Set<PermitWaiter> waiters = new LinkedHashSet<>(); // guarded by lock
    private int inUse; // guarded by lock; overflow included
    private long exhausted; // guarded by lock

    ConnectionPermits(PoolLimits limits) {
        this.limits = limits;
    }

    /**
     * Returns a permit, waiting for it if the limits say so.
     *
     * @throws TransportException if there is none: {@link TransportFailure#POOL_FULL}, {@link TransportFailure#LEASE_TIMEOUT}
     *     or {@link TransportFailure#CANCELLED}
     */
    Permit acquire(Cancellation cancellation) {
        PermitWaiter waiter = takeOrQueue();
        if (waiter == null) {
            return new Permit(this, false);
        }
        if (waiter == PermitWaiter.OVERFLOWING) {
            return new Permit(this, true);
        }
        return switch (waiter.await(cancellation, limits.leaseTimeout())) {
            case GRANTED -> new Permit(this, false);
            case CANCELLED -> {
                leave(waiter);
                throw failure(TransportFailure.CANCELLED, "the call was cancelled while it waited for a connection");
            }
            case TIMED_OUT -> {
                leave(waiter);
                throw failure(
                        TransportFailure.LEASE_TIMEOUT,
                        "no connection became free within " + limits.leaseTimeout().toMillis() + " ms");
            }
        };
    }

    /** Gives a permit back: to the waiter that has waited longest, if there is one. */
    void release() {
        lock.lock();
        try {
            if (inUse <= limits.connectionsPerHost() && grantToLongestWaiting()) {
                return;
            }
            inUse--;
        } finally {
            lock.unlock();
        }
    }

    int inUse() {
        lock.lock();
        try {
            return inUse;
        } finally {
            lock.unlock();
        }
    }

    int pending() {
        lock.lock();
        try {
            return waiters.size();
        } finally {
            lock.unlock();
        }
    }

    long exhausted() {
        lock.lock();
        try {
            return exhausted;
        } finally {
            lock.unlock();
        }
    }

    /** Returns null when a permit within the limit was taken, or else how the call goes on. */
    private @Nullable PermitWaiter takeOrQueue() {
        lock.lock();
        try {
            if (inUse < limits.connectionsPerHost()) {
                inUse++;
                return null;
            }
            exhausted++;
            return switch (limits.whenFull()) {
                case FAIL ->
                    throw failure(
                            TransportFailure.POOL_FULL,
                            "all " + limits.connectionsPerHost() + " connections are in use");
                case OVERFLOW -> {
                    inUse++;
                    yield PermitWaiter.OVERFLOWING;
                }
                case WAIT -> {
                    PermitWaiter waiter = new PermitWaiter();
                    waiters.add(waiter);
                    yield waiter;
                }
            };
        } finally {
            lock.unlock();
        }
    }

    private boolean grantToLongestWaiting() {
        Iterator<PermitWaiter> queue = waiters.iterator();
        while (queue.hasNext()) {
            PermitWaiter waiter = queue.next();
            queue.remove();
            if (waiter.grant()) {
                return true;
            }
        }
        return false;
    }

    private void leave(PermitWaiter waiter) {
        lock.lock();
        try {
            waiters.remove(waiter);
        } finally {
            lock.unlock();
        }
    }

    private static TransportException failure(TransportFailure failure, String message) {
        return new TransportException(failure, CallProgress.NOT_CONNECTED, message, null);
    }
}
