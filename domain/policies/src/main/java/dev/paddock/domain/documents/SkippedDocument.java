package dev.paddock.domain.documents;

import static java.util.Objects.requireNonNull;

/**
 * A file or directory that was not read.
 *
 * @param name its path in the folder, with {@code /}
 * @param reason why, as the end of a sentence about it
 */
public record SkippedDocument(String name, String reason) {

    public SkippedDocument {
        requireNonNull(name, "name");
        requireNonNull(reason, "reason");
    }
}
