package dev.paddock.adapters.metrics.opentelemetry;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Bounds the names of models in metrics. Names come from callers, so only those count that a server has answered for, and the first 100 of
 * them. Thread-safe.
 */
final class ModelLabels {

    static final String OTHER = "_OTHER";

    private static final int MOST = 100;

    private final Set<String> known = ConcurrentHashMap.newKeySet();
    private final AtomicInteger free = new AtomicInteger(MOST);

    /** Takes note of a model that a server has answered for. */
    void answered(String model) {
        if (!known.contains(model) && free.get() > 0 && free.getAndUpdate(left -> Math.max(0, left - 1)) > 0 && !known.add(model)) {
            free.incrementAndGet(); // another thread was first
        }
    }

    /** Returns the name, or one for all others. */
    String of(String model) {
        return known.contains(model) ? model : OTHER;
    }
}
