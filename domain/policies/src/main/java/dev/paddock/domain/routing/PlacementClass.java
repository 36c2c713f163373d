package dev.paddock.domain.routing;

import java.util.Locale;

/** What a server has to do before a model can answer there; the first constant is the least. */
public enum PlacementClass {
    /** Nothing: the model is loaded with the same runner options. */
    RESIDENT(0),
    /** End a load of the model with the same runner options, which has begun. */
    LOADING(1),
    /** Load the model, for which there is room. */
    HAS_ROOM(2),
    /** Unload another model, or the same one with other runner options, and load the model. */
    MUST_EVICT(3);

    private final int rank;
    private final String label = name().toLowerCase(Locale.ROOT);

    PlacementClass(int rank) {
        this.rank = rank;
    }

    /** Returns the place in the order of the classes, 0 for the first. */
    int rank() {
        return rank;
    }

    /** Returns whether a call begins a load. */
    public boolean beginsLoad() {
        return rank > LOADING.rank;
    }

    /** Returns the name as it appears in metrics, for example {@code has_room}. */
    public String label() {
        return label;
    }
}
