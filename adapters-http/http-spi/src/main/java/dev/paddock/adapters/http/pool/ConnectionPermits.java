package dev.paddock.adapters.http.pool;

import dev.paddock.adapters.http.spi.TransportException;
import dev.paddock.adapters.http.spi.TransportFailure;
import dev.paddock.domain.exchange.CallProgress;
import dev.paddock.domain.exchange.Cancellation;
import dev.paddock.domain.pool.PoolLimits;
import dev.paddock.domain.pool.WhenFull;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The permits to use a connection to one endpoint: they make the limits mean the same on every transport. Waiting calls are served
 * first come, first served; joining and leaving the queue cost the same however long it is. Thread-safe.
 */
final class ConnectionPermits {

    /** The permit of one call; releasing it again does nothing. Thread-safe. */
    final class Permit {

        private final boolean overflow;
        private boolean released; // guarded by lock

        private Permit(boolean overflow) {
            this.overflow = overflow;
        }

        /** Returns whether the connection exceeds the limit and must be closed after use. */
        boolean isOverflow() {
            return overflow;
        }

        /** Releases the permit; whichever thread did it, the permit is free when this returns. */
        void release() {
            lock.lock();
            try {
                if (!released) {
                    released = true;
                    passOn();
                }
            } finally {
                lock.unlock();
            }
        }
    }

    /** A call in the queue: true grants its permit, false ends its wait. */
    private static final class Waiter {

        private final CompletableFuture<Boolean> grant = new CompletableFuture<>();
    }

    private final PoolLimits limits;
    private final Lock lock = new ReentrantLock();
    private final Set<Waiter> waiting = new LinkedHashSet<>(); // guarded by lock
    private final LongAdder exhausted = new LongAdder();
    private final AtomicInteger inUse = new AtomicInteger(); // changed under lock; overflow included

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
        Waiter waiter = new Waiter();
        lock.lock();
        try {
            if (inUse.get() < limits.connectionsPerHost()) {
                inUse.incrementAndGet();
                return new Permit(false);
            }
            exhausted.increment();
            switch (limits.whenFull()) {
                case FAIL ->
                    throw failure(
                            TransportFailure.POOL_FULL,
                            "all " + limits.connectionsPerHost() + " connections are in use");
                case OVERFLOW -> {
                    inUse.incrementAndGet();
                    return new Permit(true);
                }
                case WAIT -> waiting.add(waiter);
            }
        } finally {
            lock.unlock();
        }
        return await(waiter, cancellation);
    }

    /** Returns whether a call would be refused now, and counts it then; it takes no lock. */
    boolean refuses() {
        boolean isFull = limits.whenFull() == WhenFull.FAIL && inUse.get() >= limits.connectionsPerHost();
        if (isFull) {
            exhausted.increment();
        }
        return isFull;
    }

    /** Waits in the calling thread. An interrupt of that thread counts as a cancellation and stays set. */
    private Permit await(Waiter waiter, Cancellation cancellation) {
        CompletableFuture<Boolean> grant = waiter.grant;
        boolean timedOut = false;
        Cancellation.Registration registration = cancellation.onCancel(() -> grant.complete(false));
        try {
            boolean unused = grant.get(limits.leaseTimeout().toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException late) {
            timedOut = grant.complete(false);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            grant.complete(false);
        } catch (ExecutionException impossible) {
            throw new IllegalStateException("a permit is never completed exceptionally", impossible);
        } finally {
            registration.close();
        }
        if (grant.join()) {
            return new Permit(false);
        }
        lock.lock();
        try {
            waiting.remove(waiter);
        } finally {
            lock.unlock();
        }
        throw timedOut
                ? failure(
                        TransportFailure.LEASE_TIMEOUT,
                        "no connection became free within " + limits.leaseTimeout().toMillis() + " ms")
                : failure(TransportFailure.CANCELLED, "the call was cancelled while it waited for a connection");
    }

    /** Passes a permit on to the call that has waited longest, if there is one. */
    private void passOn() {
        if (inUse.get() > limits.connectionsPerHost() || !grantToLongestWaiting()) {
            inUse.decrementAndGet();
        }
    }

    private boolean grantToLongestWaiting() {
        Iterator<Waiter> queue = waiting.iterator();
        while (queue.hasNext()) {
            Waiter longest = queue.next();
            queue.remove();
            if (longest.grant.complete(true)) {
                return true;
            }
        }
        return false;
    }

    int inUse() {
        return inUse.get();
    }

    int pending() {
        lock.lock();
        try {
            return waiting.size();
        } finally {
            lock.unlock();
        }
    }

    /** Returns how often no permit was free. */
    long exhausted() {
        return exhausted.sum();
    }

    private static TransportException failure(TransportFailure failure, String message) {
        return new TransportException(failure, CallProgress.NOT_CONNECTED, message, null);
    }
}
