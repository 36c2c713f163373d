package dev.paddock.bootstrap.config;

import static java.util.Objects.requireNonNull;

import java.util.Map;

/**
 * Values that a caller gives.
 *
 * @param origin what the caller calls itself in messages
 * @param values the values by key, for example {@code paddock.pool.hosts}
 */
record Overrides(String origin, Map<String, String> values) {

    static final Overrides NONE = new Overrides("overrides", Map.of());

    Overrides {
        requireNonNull(origin, "origin");
        values = Map.copyOf(values);
    }
}
