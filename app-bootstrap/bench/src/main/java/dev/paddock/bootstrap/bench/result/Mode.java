package dev.paddock.bootstrap.bench.result;

import java.util.List;
import java.util.Locale;

/** The layers between the requests of a benchmark and the server. Some are layers of a client, others need a gateway in front of several servers. */
public enum Mode {
    /** None: each request has a client of its own, hence a new connection. */
    UNPOOLED,
    /** All requests share one client, hence one pool. */
    POOLED,
    /** The pool, retries and circuits. */
    RETRIES,
    /** The pool and the cache of answers. */
    CACHE,
    /** The pool; equal requests in progress share a call. */
    SINGLE_FLIGHT,
    /** The pool; texts to embed are sent together. */
    BATCH,
    /** The pool, the cache, and the semantic cache that only compares. */
    SEMANTIC_SHADOW,
    /** The pool, the cache, and the semantic cache that serves answers to similar questions. */
    SEMANTIC_SERVE,
    /** The pool, and the choice among several servers. */
    ROUTING,
    /** The pool and the admission queue. */
    ADMISSION,
    /** All of these layers; of the semantic cache the mode that serves. */
    ALL;

    /** Returns the name in options and results, for example {@code single-flight}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Returns whether requests of this mode have the given layer, which is not {@link #UNPOOLED} or {@link #ALL}. */
    public boolean has(Mode layer) {
        return this == layer
                || (this == ALL && layer != SEMANTIC_SHADOW)
                || (layer == POOLED && this != UNPOOLED)
                || (layer == CACHE && isSemantic());
    }

    /** Returns whether a client has these layers, without a gateway. */
    public boolean isOfClient() {
        return compareTo(BATCH) <= 0 || this == ALL;
    }

    private boolean isSemantic() {
        return this == SEMANTIC_SHADOW || this == SEMANTIC_SERVE;
    }

    /** Returns the mode with which this one is compared: one of those that were measured, or itself without one. */
    public static Mode reference(Mode mode, List<Mode> measured) {
        List<Mode> candidates = mode == POOLED || mode == ALL
                ? List.of(UNPOOLED, POOLED)
                : mode.isSemantic() ? List.of(CACHE, POOLED, UNPOOLED) : List.of(POOLED, UNPOOLED);
        return candidates.stream()
                .filter(candidate -> candidate != mode && measured.contains(candidate))
                .findFirst()
                .orElse(mode);
    }
}
