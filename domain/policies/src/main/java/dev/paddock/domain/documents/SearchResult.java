package dev.paddock.domain.documents;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * The passages for a query. Immutable.
 *
 * @param passages the best ones, the best first; empty when nothing fits
 * @param corpusVersion the version of exactly the documents that were searched, as in {@link CorpusState#version}
 */
public record SearchResult(List<Passage> passages, String corpusVersion) {

    public SearchResult {
        requireNonNull(corpusVersion, "corpusVersion");
        passages = List.copyOf(passages);
    }
}
