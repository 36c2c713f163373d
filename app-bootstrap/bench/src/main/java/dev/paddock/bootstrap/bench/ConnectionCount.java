package dev.paddock.bootstrap.bench;

import dev.paddock.domain.pool.EndpointPool;
import java.util.List;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Adds up what the pools of several clients say of themselves. Thread-safe. */
final class ConnectionCount {

    private final Lock lock = new ReentrantLock();
    private String transport = ""; // guarded by lock, as all below
    private @Nullable Long opened = 0L;
    private @Nullable Long reused = 0L;

    void add(List<EndpointPool> pools) {
        lock.lock();
        try {
            for (EndpointPool pool : pools) {
                transport = pool.transport();
                opened = sum(opened, pool.totals().created());
                reused = sum(reused, pool.totals().reused());
            }
        } finally {
            lock.unlock();
        }
    }

    Connections withAccepted(@Nullable Long accepted) {
        lock.lock();
        try {
            return new Connections(transport, opened, reused, accepted);
        } finally {
            lock.unlock();
        }
    }

    private static @Nullable Long sum(@Nullable Long one, @Nullable Long other) {
        return one == null || other == null ? null : Long.valueOf(one + other);
    }
}
