package dev.paddock.domain.reuse;

import java.util.Locale;

/** Why neither a stored answer nor an answer in progress serves a request. */
public enum BypassReason {
    /** The operation changes the server, reads its state, or is unknown. */
    OPERATION,
    /** The body is longer than the limit for requests that are examined, or not in memory. */
    TOO_LARGE,
    /** The body is not exactly one JSON object in UTF-8, or it has an ambiguous name or value. */
    MALFORMED,
    /** The answer is chosen at random, and the settings do not allow to use such an answer again. */
    SAMPLED,
    /** The request has no prompt, so that it loads the model. */
    LOAD,
    /** The request unloads the model. */
    UNLOAD,
    /** The answer depends on what the server has stored, searches, runs or fetches. */
    SERVER_STATE,
    /** The request names no model, or none whose version is known. */
    MODEL_UNKNOWN,
    /** The caller wants the answer neither stored nor shared ({@code Cache-Control: no-store}). */
    NO_STORE,
    /** The cache is switched off for now. */
    SWITCHED_OFF;

    private final String label = name().toLowerCase(Locale.ROOT);

    /** Returns the name in metrics and headers, for example {@code too_large}. */
    public String label() {
        return label;
    }
}
