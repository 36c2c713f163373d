package dev.paddock.domain.admission;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A limited amount that callers share. A caller never gets more than is left for the others, so the room is never full because of one
 * caller. Calls without a caller share the room among themselves. Not thread-safe.
 */
final class SharedRoom {

    /** Why there is no room. */
    enum Shortage {
        /** The caller has its share. */
        OWN_SHARE,
        /** Nothing is left for any caller. */
        ALL
    }

    private final long limit;
    private final Map<String, Long> held = new HashMap<>(); // by caller, positive
    private long used;

    SharedRoom(long limit) {
        this.limit = limit;
    }

    /**
     * Takes an amount.
     *
     * @param caller the caller, or null if it is unknown
     * @return null if it was taken
     */
    @Nullable Shortage tryTake(@Nullable String caller, long amount) {
        long left = limit - used - amount;
        if (left < 0) {
            return Shortage.ALL;
        }
        if (caller != null) {
            long own = heldBy(caller);
            if (own > 0 && own + amount > left) {
                return Shortage.OWN_SHARE;
            }
            held.put(caller, own + amount);
        }
        used += amount;
        return null;
    }

    /** Gives back what was taken. */
    void give(@Nullable String caller, long amount) {
        used -= amount;
        if (caller != null) {
            held.computeIfPresent(caller, (name, own) -> own > amount ? own - amount : null);
        }
    }

    long heldBy(@Nullable String caller) {
        return caller == null ? 0 : held.getOrDefault(caller, 0L);
    }

    long used() {
        return used;
    }

    long limit() {
        return limit;
    }
}
