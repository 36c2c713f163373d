package dev.paddock.domain.reuse.semantic;

import java.util.Locale;

/** What a semantic cache does with an answer to a similar question. */
public enum SemanticMode {
    /** The model answers all the same, and its answer is compared with the stored one. Callers notice nothing. */
    SHADOW,
    /** The stored answer is served as far as the evidence allows it. */
    SERVE;

    private final String label = name().toLowerCase(Locale.ROOT);

    /** Returns the name in settings and metrics. */
    public String label() {
        return label;
    }
}
