package dev.paddock.domain.model.catalog;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A model that the server has.
 *
 * @param name its name with the tag
 * @param modifiedAt when it was last changed, or null when the server did not say
 * @param size its size on disk in bytes, 0 when unknown
 * @param digest its digest in hexadecimal, may be shortened; empty when unknown
 * @param traits what kind of model it is
 * @param capabilities what it can do, for example {@code completion} or {@code embedding}; empty when the server is too old to
 *     say
 */
public record ModelSummary(
        String name,
        @Nullable Instant modifiedAt,
        long size,
        String digest,
        ModelTraits traits,
        List<String> capabilities) {

    public ModelSummary {
        requireNonNull(name, "name");
        requireNonNull(digest, "digest");
        requireNonNull(traits, "traits");
        capabilities = List.copyOf(capabilities);
    }
}
