package dev.paddock.bootstrap.bench;

import java.util.Locale;

/** How the requests of a benchmark come by their connections. */
public enum Mode {
    /** All through one client, and so through one pool. */
    POOLED,
    /** Each with a client of its own, and so with a new connection. */
    UNPOOLED;

    /** Returns the name as users write it, for example {@code pooled}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
