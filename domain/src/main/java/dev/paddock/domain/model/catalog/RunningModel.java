package dev.paddock.domain.model.catalog;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A model that is loaded.
 *
 * @param name its name with the tag
 * @param size the memory it takes in bytes, 0 when unknown
 * @param videoMemory how much of it is on a GPU, in bytes
 * @param digest its digest in hexadecimal; empty when unknown
 * @param traits what kind of model it is
 * @param expiresAt when it will be unloaded if it is not used, centuries ahead for never; null when the server did not say
 * @param contextLength the size of its context window in tokens, or null when the server is too old to say
 */
public record RunningModel(
        String name,
        long size,
        long videoMemory,
        String digest,
        ModelTraits traits,
        @Nullable Instant expiresAt,
        @Nullable Integer contextLength) {

    public RunningModel {
        requireNonNull(name, "name");
        requireNonNull(digest, "digest");
        requireNonNull(traits, "traits");
    }
}
