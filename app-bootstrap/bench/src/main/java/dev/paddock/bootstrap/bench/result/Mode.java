package dev.paddock.bootstrap.bench.result;

import java.util.Locale;

/** How the requests of a benchmark get their connections. */
public enum Mode {
    /** All requests share one client, hence one pool. */
    POOLED,
    /** Each request has a client of its own, hence a new connection. */
    UNPOOLED;

    /** Returns the name in options and results, for example {@code pooled}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
