package dev.paddock.adapters.http.documentsearch.text;

/**
 * A part of a document that is found as a whole.
 *
 * @param section the headings above it; empty for none
 * @param text its text
 */
public record CutPassage(String section, String text) {

    /** Returns what words and vectors are made of. */
    public String searched() {
        return section.isEmpty() ? text : section + "\n" + text;
    }
}
