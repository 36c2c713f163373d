package dev.paddock.domain.documents;

import static java.util.Objects.requireNonNull;

/**
 * A part of a document that answers a query. Immutable.
 *
 * @param document the name of the document: its path in the folder, with {@code /}, or the name of an upload
 * @param position the number of the passage in its document, from 0
 * @param section the headings above it, from the outermost, or the page of a PDF; empty when there is none
 * @param text its text, without the section
 * @param score how well it fits, the higher the better: BM25, cosine similarity, or the sum of the rank fusion. Scores of different methods
 *     cannot be compared
 */
public record Passage(String document, int position, String section, String text, double score) {

    public Passage {
        requireNonNull(document, "document");
        requireNonNull(section, "section");
        requireNonNull(text, "text");
    }

    /** Returns where the passage is; its text is not shown. */
    @Override
    public String toString() {
        return "passage " + position + " of " + document;
    }
}
