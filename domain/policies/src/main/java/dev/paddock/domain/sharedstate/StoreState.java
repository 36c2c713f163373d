package dev.paddock.domain.sharedstate;

import java.util.Locale;

/** What a store of shared state can do at present. */
public enum StoreState {
    /** It reads and writes in time. */
    AVAILABLE,
    /** It reads, but refuses to write: its memory is full, its disk fails, or it is a replica. */
    READ_ONLY,
    /** It is not used: it cannot be reached, refuses this process, or is too slow. */
    UNAVAILABLE;

    private final String label = name().toLowerCase(Locale.ROOT);

    /** Returns the name in metrics, for example {@code read_only}. */
    public String label() {
        return label;
    }
}
