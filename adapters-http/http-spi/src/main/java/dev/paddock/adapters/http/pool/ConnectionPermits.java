package dev.paddock.adapters.http.pool;

import dev.paddock.adapters.http.spi.TransportException;
import dev.paddock.adapters.http.spi.TransportFailure;
import dev.paddock.domain.exchange.CallProgress;
import dev.paddock.domain.exchange.Cancellation;
import dev.paddock.domain.exchange.Settled;
import dev.paddock.domain.exchange.WaitingThread;
import dev.paddock.domain.pool.PoolLimits;
import dev.paddock.domain.pool.WhenFull;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

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

    /** What becomes of a call in the queue. */
    private enum Grant {
        PERMITTED,
        CANCELLED,
        TIMED_OUT
    }

    /** A call in the queue. */
    private static final class Waiter {

        private final CompletableFuture<Grant> grant = new CompletableFuture<>();
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
        Permit free = acquireOrQueue(waiter);
        return free == null ? await(waiter, cancellation) : free;
    }

    /**
     * Does the same without letting the calling thread wait.
     *
     * @param later runs what follows a wait; it must not run it in the calling thread
     * @param end is called once with what the other method would return or throw
     */
    void acquire(Cancellation cancellation, Executor later, Consumer<Settled<Permit>> end) {
        Settled.begin(end, () -> {
            Waiter waiter = new Waiter();
            Permit free = acquireOrQueue(waiter);
            if (free == null) {
                Cancellation.Registration registration = cancellation.onCancel(() -> waiter.grant.complete(Grant.CANCELLED));
                var unused = waiter.grant
                        .completeOnTimeout(Grant.TIMED_OUT, limits.leaseTimeout().toNanos(), TimeUnit.NANOSECONDS)
                        .thenAccept(granted -> runLater(later, () -> {
                            registration.close();
                            end.accept(Settled.by(() -> permit(waiter, granted)));
                        }));
            } else {
                end.accept(Settled.by(() -> free));
            }
        });
    }

    /** The lock may be held by the thread that passes a permit on, and a loop may have stopped. */
    private static void runLater(Executor later, Runnable action) {
        try {
            later.execute(action);
        } catch (RejectedExecutionException stopped) {
            WaitingThread.start(action);
        }
    }

    private @Nullable Permit acquireOrQueue(Waiter waiter) {
        lock.lock();
        try {
            Permit free = acquireFree();
            if (free == null) {
                waiting.add(waiter);
            }
            return free;
        } finally {
            lock.unlock();
        }
    }

    /** Returns a permit, or null when the call has to wait for it. For whoever has the lock. */
    private @Nullable Permit acquireFree() {
        if (inUse.get() < limits.connectionsPerHost()) {
            inUse.incrementAndGet();
            return new Permit(false);
        }
        exhausted.increment();
        return switch (limits.whenFull()) {
            case FAIL ->
                throw failure(
                        TransportFailure.POOL_FULL,
                        "all " + limits.connectionsPerHost() + " connections are in use");
            case OVERFLOW -> {
                inUse.incrementAndGet();
                yield new Permit(true);
            }
            case WAIT -> null;
        };
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
        CompletableFuture<Grant> grant = waiter.grant;
        Cancellation.Registration registration = cancellation.onCancel(() -> grant.complete(Grant.CANCELLED));
        try {
            return permit(waiter, grant.get(limits.leaseTimeout().toNanos(), TimeUnit.NANOSECONDS));
        } catch (TimeoutException late) {
            grant.complete(Grant.TIMED_OUT);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            grant.complete(Grant.CANCELLED);
        } catch (ExecutionException impossible) {
            throw new IllegalStateException("a permit is never completed exceptionally", impossible);
        } finally {
            registration.close();
        }
        return permit(waiter, grant.join());
    }

    private Permit permit(Waiter waiter, Grant granted) {
        if (granted == Grant.PERMITTED) {
            return new Permit(false);
        }
        lock.lock();
        try {
            waiting.remove(waiter);
        } finally {
            lock.unlock();
        }
        throw granted == Grant.TIMED_OUT
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
            if (longest.grant.complete(Grant.PERMITTED)) {
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
