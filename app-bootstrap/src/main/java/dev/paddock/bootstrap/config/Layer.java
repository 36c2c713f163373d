package dev.paddock.bootstrap.config;

import org.jspecify.annotations.Nullable;

/** One place that values come from. */
@FunctionalInterface
interface Layer {

    /** Returns what this place says about a key, or null if it says nothing. */
    @Nullable Setting find(Key key);
}
