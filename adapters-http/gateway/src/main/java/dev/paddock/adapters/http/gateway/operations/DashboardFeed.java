package dev.paddock.adapters.http.gateway.operations;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Snapshots of a gateway at an interval: each is made once, by the first that asks for it, for all that watch. Without a watcher none is
 * made. Thread-safe.
 */
final class DashboardFeed implements AutoCloseable {

    private final Supplier<String> source;
    private final long intervalNanos;
    private final Lock lock = new ReentrantLock();
    private final Condition closing = lock.newCondition();
    private Snapshot latest = new Snapshot(0, ""); // this and all below are guarded by lock
    private long madeAt;
    private boolean isClosed;

    /** Creates a feed of what a source makes. */
    DashboardFeed(Supplier<String> source, Duration interval) {
        this.source = requireNonNull(source, "source");
        this.intervalNanos = interval.toNanos();
    }

    /**
     * Returns the first snapshot after the given number, at the earliest one interval after the one before it.
     *
     * @param number the number of the last one that the watcher has, 0 for none: then the latest is returned at once, if it is recent
     * @return null when the feed is closed
     */
    @Nullable Snapshot after(long number) {
        lock.lock();
        try {
            while (!isClosed) {
                long age = System.nanoTime() - madeAt;
                if (latest.number() == 0 || age >= intervalNanos) {
                    latest = new Snapshot(latest.number() + 1, source.get());
                    madeAt = System.nanoTime();
                    return latest;
                }
                if (latest.number() > number) {
                    return latest;
                }
                closing.await(intervalNanos - age, TimeUnit.NANOSECONDS);
            }
            return null;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return null;
        } finally {
            lock.unlock();
        }
    }

    /** Ends all that watch. */
    @Override
    public void close() {
        lock.lock();
        try {
            isClosed = true;
            closing.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * The state of a gateway at one time.
     *
     * @param number counts from 1
     * @param json one JSON object in one line
     */
    record Snapshot(long number, String json) {}
}
