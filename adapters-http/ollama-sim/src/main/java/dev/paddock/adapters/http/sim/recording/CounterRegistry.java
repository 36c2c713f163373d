package dev.paddock.adapters.http.sim.recording;

import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/** The live counters, with a way to wait for them. Safe for use by several threads. */
public final class CounterRegistry {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<Counter, Long> counts = new EnumMap<>(Counter.class);
    private final Map<String, Long> requestsByPath = new HashMap<>();

    public void increment(Counter counter) {
        add(counter, 1);
    }

    public void add(Counter counter, long amount) {
        update(() -> counts.merge(counter, amount, Long::sum));
    }

    /** Counts a request to this path. */
    public void request(String path) {
        update(() -> {
            counts.merge(Counter.REQUESTS, 1L, Long::sum);
            requestsByPath.merge(path, 1L, Long::sum);
        });
    }

    /** Sets everything that is a sum to zero. */
    public void reset() {
        update(() -> {
            counts.keySet().removeIf(counter -> !counter.isGauge());
            requestsByPath.clear();
        });
    }

    private void update(Runnable change) {
        lock.lock();
        try {
            change.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The counters of this instant. */
    public SimulatorCounters snapshot() {
        lock.lock();
        try {
            return new SimulatorCounters(
                count(Counter.CONNECTIONS_ACCEPTED), count(Counter.CONNECTIONS_OPEN), count(Counter.REQUESTS),
                requestsByPath, count(Counter.REQUESTS_WAITING), count(Counter.RESPONSES_COMPLETED),
                count(Counter.DISCONNECTS), count(Counter.DISCONNECTS_DURING_GENERATION),
                count(Counter.GENERATIONS_STARTED), count(Counter.GENERATIONS_COMPLETED), count(Counter.TOKENS_SENT),
                count(Counter.LOADS_STARTED), count(Counter.LOADS_COMPLETED), count(Counter.LOADS_ABORTED),
                count(Counter.MODELS_UNLOADED), count(Counter.CONNECTION_CLOSE_HEADERS_SEEN));
        } finally {
            lock.unlock();
        }
    }

    private long count(Counter counter) {
        return counts.getOrDefault(counter, 0L);
    }

    /** Blocks until the counters satisfy a condition; false when they did not within the limit. */
    public boolean await(Predicate<SimulatorCounters> condition, Duration limit) throws InterruptedException {
        long remaining = limit.toNanos();
        lock.lock();
        try {
            while (!condition.test(snapshot())) {
                if (remaining <= 0) {
                    return false;
                }
                remaining = changed.awaitNanos(remaining);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }
}
