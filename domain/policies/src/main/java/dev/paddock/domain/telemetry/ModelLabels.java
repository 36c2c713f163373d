package dev.paddock.domain.telemetry;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Bounds the names of models in metrics. Names come from callers, so only those count that a server has answered for, and the first ones of
 * them. Thread-safe.
 */
public final class ModelLabels {

    /** The name for all others. */
    public static final String OTHER = "_OTHER";

    private final Set<String> known = ConcurrentHashMap.newKeySet();
    private final AtomicInteger free;

    /** Creates labels for at most the given number of names. */
    public ModelLabels(int most) {
        this.free = new AtomicInteger(most);
    }

    /** Takes note of a model that a server has answered for. */
    public void answered(String model) {
        if (!known.contains(model) && free.get() > 0 && free.getAndUpdate(left -> Math.max(0, left - 1)) > 0 && !known.add(model)) {
            free.incrementAndGet(); // another thread was first
        }
    }

    /** Returns the name, or one for all others. */
    public String of(String model) {
        return known.contains(model) ? model : OTHER;
    }
}
