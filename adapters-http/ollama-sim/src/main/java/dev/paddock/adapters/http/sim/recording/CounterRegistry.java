package dev.paddock.adapters.http.sim.recording;

import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/** The live counters, with a way to wait for them. */
public final class CounterRegistry {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<Counter, Long> counts = new EnumMap<>(Counter.class);
    private final Map<String, Long> requestsByPath = new HashMap<>();

    public void increment(Counter counter) {
        add(counter, 1);
    }

    public void add(Counter counter, long amount) {
        lock.lock();
        try {
            counts.merge(counter, amount, Long::sum);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    public void request(String path) {
        lock.lock();
        try {
            counts.merge(Counter.REQUESTS, 1L, Long::sum);
            requestsByPath.merge(path, 1L, Long::sum);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    public SimulatorCounters snapshot() {
        lock.lock();
        try {
            return new SimulatorCounters(counts, requestsByPath);
        } finally {
            lock.unlock();
        }
    }

    public boolean await(Predicate<SimulatorCounters> condition, Duration limit) throws InterruptedException {
        long remaining = limit.toNanos();
        lock.lock();
        try {
            while (!condition.test(new SimulatorCounters(counts, requestsByPath))) {
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

    public void reset() {
        lock.lock();
        try {
            counts.keySet().removeIf(counter -> !counter.isGauge());
            requestsByPath.clear();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
