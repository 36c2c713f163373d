package dev.paddock.adapters.http.documentsearch;

import static java.util.Objects.requireNonNull;

import dev.paddock.domain.documents.DocumentSummary;
import dev.paddock.domain.documents.DocumentSummary.Origin;
import java.time.Instant;

/**
 * What the index knows of a document; the index holds it beside the passages, so that both change together. Immutable.
 *
 * @param name its name
 * @param origin where it comes from
 * @param isExcluded whether it was deleted from the index while its file stays; it then has no passages
 * @param content the hash of its bytes and their number
 * @param recipe how its passages were made
 * @param modified the time of change of its file in milliseconds, or {@link #UNKNOWN}
 * @param passages how many it has
 * @param indexedAt when it was read
 */
record IndexedDocument(
        String name, Origin origin, boolean isExcluded, Content content, String recipe, long modified, int passages, Instant indexedAt) {

    /** Stands for a time of change that does not tell whether the file has changed since. */
    static final long UNKNOWN = -1;

    IndexedDocument {
        requireNonNull(name, "name");
        requireNonNull(origin, "origin");
        requireNonNull(content, "content");
        requireNonNull(recipe, "recipe");
        requireNonNull(indexedAt, "indexedAt");
    }

    DocumentSummary summary() {
        return new DocumentSummary(name, origin, content.bytes(), passages, indexedAt);
    }

    IndexedDocument withModified(long newModified) {
        return new IndexedDocument(name, origin, isExcluded, content, recipe, newModified, passages, indexedAt);
    }

    /** Returns whether there is nothing to do as long as its bytes are the same. */
    boolean isDone(String presentRecipe) {
        return isExcluded || recipe.equals(presentRecipe);
    }

    IndexedDocument excluded() {
        return new IndexedDocument(name, origin, true, content, recipe, modified, 0, indexedAt);
    }

    /**
     * The bytes of a document.
     *
     * @param hash their SHA-256
     * @param bytes their number
     */
    record Content(String hash, long bytes) {

        static Content of(byte[] content) {
            return new Content(ContentHash.of(content), content.length);
        }
    }
}
