package dev.paddock.domain.documents;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * A document that can be searched. Immutable.
 *
 * @param name its path in the folder, with {@code /}, or the name that it was uploaded with
 * @param origin where it comes from
 * @param bytes its size
 * @param passages how many passages it has; 0 for an empty document
 * @param indexedAt when it was read
 */
public record DocumentSummary(String name, Origin origin, long bytes, int passages, Instant indexedAt) {

    public DocumentSummary {
        requireNonNull(name, "name");
        requireNonNull(origin, "origin");
        requireNonNull(indexedAt, "indexedAt");
    }

    /** Where a document comes from. */
    public enum Origin {
        /** A file in the folder. */
        FOLDER,
        /** An upload, which only the index has. */
        UPLOAD
    }
}
