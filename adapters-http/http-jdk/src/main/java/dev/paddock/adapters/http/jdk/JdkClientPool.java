package dev.paddock.adapters.http.jdk;

import dev.paddock.domain.pool.ConnectionLifetimes;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The clients of one transport. The JDK lets nobody close a single connection, so that connections end together with
 * their client: calls use the current one until its connections would be too old or too long idle; then it is retired,
 * and shut down when the last call that uses it has ended. Thread-safe.
 */
final class JdkClientPool {

    private final Supplier<HttpClient> factory;
    private final ConnectionLifetimes lifetimes;
    private final Lock lock = new ReentrantLock();
    private final Set<SharedClient> running = new HashSet<>(); // guarded by lock
    private @Nullable SharedClient current; // guarded by lock
    private boolean closed; // guarded by lock

    JdkClientPool(Supplier<HttpClient> factory, ConnectionLifetimes lifetimes) {
        this.factory = factory;
        this.lifetimes = lifetimes;
    }

    /** Returns a client for one call, which is to give it back; one of its own if its connection is not to be kept. */
    SharedClient lease(boolean shared) {
        lock.lock();
        try {
            if (closed) {
                throw new CancellationException("The transport is closed");
            }
            if (current != null && (current.isOlderThan(lifetimes.total()) || current.isIdleForTooLong())) {
                retire(current);
            }
            SharedClient leased = shared && current != null ? current : start();
            if (shared) {
                current = leased;
            }
            leased.begin();
            return leased;
        } finally {
            lock.unlock();
        }
    }

    /** Ends the use of a client by one call. */
    void release(SharedClient client) {
        lock.lock();
        try {
            client.end();
            if (client != current || client.isIdleForTooLong()) {
                retire(client);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Notes for how long the server keeps an idle connection. */
    void limitIdle(SharedClient client, Duration limit) {
        lock.lock();
        try {
            client.limitIdle(limit);
        } finally {
            lock.unlock();
        }
    }

    /** Closes the connections if all of them have been idle for the given time, or are past their lifetime. */
    void closeIdle(Duration unusedFor) {
        lock.lock();
        try {
            if (current != null
                    && (unusedFor.isZero()
                            || current.isIdleFor(unusedFor)
                            || current.isIdleForTooLong()
                            || current.isOlderThan(lifetimes.total()))) {
                retire(current);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Closes every connection; no client is leased any more. */
    void close() {
        List<SharedClient> left;
        lock.lock();
        try {
            closed = true;
            current = null;
            left = List.copyOf(running);
            running.clear();
        } finally {
            lock.unlock();
        }
        left.forEach(client -> client.client().shutdownNow());
    }

    private SharedClient start() {
        SharedClient started = new SharedClient(factory.get(), lifetimes.idle());
        running.add(started);
        return started;
    }

    private void retire(SharedClient client) {
        if (client == current) {
            current = null;
        }
        if (client.isIdle() && running.remove(client)) {
            client.client().shutdownNow();
        }
    }
}
