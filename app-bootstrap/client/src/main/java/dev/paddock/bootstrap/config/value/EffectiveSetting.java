package dev.paddock.bootstrap.config.value;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * A key of the configuration with the value that applies.
 *
 * @param key the key, for example {@code paddock.pool.hosts}
 * @param value the value as it was written, without secrets; null when it is not set and has no default
 * @param isDefault whether no source sets the key
 * @param origin where the value was set, for example {@code environment variable OLLAMA_HOST}
 */
public record EffectiveSetting(String key, @Nullable String value, boolean isDefault, String origin) {

    public EffectiveSetting {
        requireNonNull(key, "key");
        requireNonNull(origin, "origin");
    }
}
