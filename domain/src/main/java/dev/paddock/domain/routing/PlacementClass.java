package dev.paddock.domain.routing;

import java.util.Locale;

/** What a server has to do before a model can answer there; the first constant is the least. */
public enum PlacementClass {
    /** Nothing: the model is loaded with the same runner options, or is just being loaded so. */
    RESIDENT(0),
    /** Load the model, for which there is room. */
    HAS_ROOM(1),
    /** Unload another model, or the same one with other runner options, and load the model. */
    MUST_EVICT(2);

    private final int rank;
    private final String label = name().toLowerCase(Locale.ROOT);

    PlacementClass(int rank) {
        this.rank = rank;
    }

    /** Returns the place in the order of the classes, 0 for the first. */
    int rank() {
        return rank;
    }

    /** Returns the name as it appears in metrics, for example {@code has_room}. */
    public String label() {
        return label;
    }
}
