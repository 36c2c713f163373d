package dev.paddock.domain.documents;

import static java.util.Objects.requireNonNull;

/**
 * What an index holds at present. Immutable.
 *
 * @param version stands for everything that shapes a search: the names and contents of all documents, how they are cut, and the model of
 *     their vectors. Two indexes with the same documents have the same version, and each visible change gives another one
 * @param documents how many documents can be searched
 * @param passages how many passages they have
 * @param isUpdating whether documents are read at present, so that the version may change soon
 */
public record CorpusState(String version, int documents, long passages, boolean isUpdating) {

    public CorpusState {
        requireNonNull(version, "version");
    }
}
