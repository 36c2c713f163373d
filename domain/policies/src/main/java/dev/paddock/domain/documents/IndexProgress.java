package dev.paddock.domain.documents;

import static java.util.Objects.requireNonNull;

/**
 * How far an update of an index is. Immutable.
 *
 * @param files how many files the folder has
 * @param done how many of them are finished: read, unchanged or skipped
 * @param report what was done so far
 */
public record IndexProgress(int files, int done, IndexReport report) {

    public IndexProgress {
        requireNonNull(report, "report");
    }
}
