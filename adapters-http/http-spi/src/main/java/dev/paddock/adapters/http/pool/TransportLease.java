package dev.paddock.adapters.http.pool;

import dev.paddock.adapters.http.spi.TransportCall;
import dev.paddock.adapters.http.spi.TransportRequest;
import dev.paddock.adapters.http.spi.TransportSettings;
import dev.paddock.domain.exchange.CallProgress;
import dev.paddock.domain.exchange.Deadline;
import dev.paddock.domain.exchange.Endpoint;
import dev.paddock.domain.pool.PoolLimits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One client's share in the connections to an endpoint. Closing it ends this client's calls only; closing the last share
 * closes the connections. Thread-safe.
 */
public final class TransportLease implements AutoCloseable {

    private final TransportPoolManager manager;
    private final EndpointConnections connections;
    private final Lock lock = new ReentrantLock();
    private final Condition quiet = lock.newCondition();
    private final Set<PooledCall> calls = new HashSet<>(); // guarded by lock
    private boolean closed; // guarded by lock

    TransportLease(TransportPoolManager manager, EndpointConnections connections) {
        this.manager = manager;
        this.connections = connections;
    }

    /** Returns the timeout of one call: the given limits, and the given deadline if there is one. */
    public PhaseTimeout newTimeout(PhaseLimits limits, @Nullable Deadline deadline) {
        return connections.sweeper().newTimeout(limits, deadline, settings());
    }

    /** Prepares a call with {@link PhaseLimits#DEFAULT} and without a deadline. */
    public TransportCall newCall(TransportRequest request) {
        return newCall(request, newTimeout(PhaseLimits.DEFAULT, null));
    }

    /**
     * Prepares a call; nothing happens before it is executed.
     *
     * @param timeout limits the time of this call; it serves one call
     * @throws dev.paddock.adapters.http.spi.TransportException with
     *     {@link dev.paddock.adapters.http.spi.TransportFailure#CLOSED} if this lease is closed
     */
    public TransportCall newCall(TransportRequest request, PhaseTimeout timeout) {
        PooledCall call = new PooledCall(connections, request, timeout, this::ended);
        lock.lock();
        try {
            if (closed) {
                throw PooledCall.closed(CallProgress.NOT_CONNECTED, null);
            }
            calls.add(call);
        } finally {
            lock.unlock();
        }
        manager.markUsed(connections);
        return call;
    }

    /**
     * Returns whether a call would be refused now, because all connections are in use and calls do not wait. Such a call counts as one that
     * found the pool full. It takes no lock; a call that is not refused here may still be.
     */
    public boolean refuses() {
        return connections.refuses();
    }

    /** Returns the endpoint that calls go to. */
    public Endpoint endpoint() {
        return connections.key().endpoint();
    }

    /** Returns how connections are made. */
    public TransportSettings settings() {
        return connections.key().settings();
    }

    /** Returns the limits in force. */
    public PoolLimits limits() {
        return connections.key().limits();
    }

    /** Refuses new calls and ends this client's calls at once: they fail with CLOSED. Closing again does nothing. */
    @Override
    public void close() {
        close(Duration.ZERO);
    }

    /**
     * Refuses new calls, lets this client's calls finish for at most the given time, then ends those that are left. Closing
     * again does nothing.
     */
    public void close(Duration patience) {
        List<PooledCall> left;
        lock.lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
            awaitQuiet(patience);
            left = new ArrayList<>(calls);
        } finally {
            lock.unlock();
        }
        left.forEach(PooledCall::close);
        manager.release(connections);
    }

    private void awaitQuiet(Duration patience) {
        long leftNanos = patience.toNanos();
        try {
            while (!calls.isEmpty() && leftNanos > 0) {
                leftNanos = quiet.awaitNanos(leftNanos);
            }
        } catch (InterruptedException interrupted) {
            // An interrupt ends the wait: the remaining calls end now.
            Thread.currentThread().interrupt();
        }
    }

    private void ended(PooledCall call) {
        lock.lock();
        try {
            calls.remove(call);
            if (calls.isEmpty()) {
                quiet.signalAll();
            }
        } finally {
            lock.unlock();
        }
        manager.markUsed(connections);
    }
}
