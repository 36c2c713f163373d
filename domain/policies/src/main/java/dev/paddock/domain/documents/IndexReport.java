package dev.paddock.domain.documents;

import java.util.List;

/**
 * What an update of an index did. Immutable.
 *
 * @param indexed documents that were read, because they are new or have changed, or because the model or the settings have
 * @param unchanged documents that were left as they are
 * @param removed documents that left because their files are gone
 * @param passages passages that were written
 * @param skipped what was not read, and why
 */
public record IndexReport(int indexed, int unchanged, int removed, long passages, List<SkippedDocument> skipped) {

    /** Nothing was done. */
    public static final IndexReport NOTHING = new IndexReport(0, 0, 0, 0, List.of());

    public IndexReport {
        skipped = List.copyOf(skipped);
    }
}
