package dev.paddock.domain.reuse;

import java.util.Locale;

/** Why the answer to a request may serve another request that is equal. */
public enum ReuseKind {
    /** A vector depends on the model and the text only. */
    EMBEDDING,
    /** The request has the temperature 0 or a seed: its caller expects the same answer each time. */
    DETERMINISTIC,
    /** The answer is chosen at random. Using it again is a decision of the operator or of the application. */
    SAMPLED,
    /** The request only loads a model. Equal requests in progress can be joined; the answer is never stored. */
    LOAD;

    private final String label = name().toLowerCase(Locale.ROOT);

    /** Returns the name in settings and metrics, for example {@code embedding}. */
    public String label() {
        return label;
    }

    /** Returns whether answers of this kind may be stored. */
    public boolean isStorable() {
        return this != LOAD;
    }
}
