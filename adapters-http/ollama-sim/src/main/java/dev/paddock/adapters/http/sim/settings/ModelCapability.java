package dev.paddock.adapters.http.sim.settings;

import java.util.Locale;

/** What a model can do, as {@code /api/show} lists it. */
public enum ModelCapability {
    /** Generates text. */
    COMPLETION,
    /** Calls tools. */
    TOOLS,
    /** Fills a gap between a prompt and a suffix. */
    INSERT,
    /** Sees images. */
    VISION,
    /** Makes embeddings only. */
    EMBEDDING,
    /** Thinks before it answers. */
    THINKING;

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
