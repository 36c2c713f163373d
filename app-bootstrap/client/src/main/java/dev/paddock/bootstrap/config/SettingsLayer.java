package dev.paddock.bootstrap.config;

import org.jspecify.annotations.Nullable;

/** One place that values come from. */
@FunctionalInterface
interface SettingsLayer {

    /** Returns what this place says about a key, or null if it says nothing. */
    @Nullable ConfiguredValue find(String key);
}
