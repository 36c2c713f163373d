package dev.paddock.adapters.http.documentsearch.text;

import dev.paddock.domain.documents.DocumentException;
import dev.paddock.domain.documents.DocumentFailure;
import java.util.ArrayList;
import java.util.List;

/**
 * The text of a document. Immutable.
 *
 * @param sections its parts, in their order
 */
public record DocumentText(List<Section> sections) {

    public DocumentText {
        sections = List.copyOf(sections);
    }

    /**
     * A part of a document below one heading.
     *
     * @param title the headings above it, from the outermost; empty for none
     * @param paragraphs its paragraphs, in their order; none of them is blank
     */
    public record Section(String title, List<String> paragraphs) {

        public Section {
            paragraphs = List.copyOf(paragraphs);
        }
    }

    /** The largest text: about the one of ten long novels. */
    static final int MOST_CHARACTERS = 10 << 20;

    /** Collects headings and paragraphs in their order. Not thread-safe. */
    static final class Builder {

        private static final int LONGEST_HEADING = 120;
        private static final String BETWEEN_HEADINGS = " > ";

        private final List<Section> sections = new ArrayList<>();
        private final List<Heading> headings = new ArrayList<>(); // those above the next paragraph, from the outermost
        private final List<String> paragraphs = new ArrayList<>();
        private int characters;

        /** Begins a section with a heading; 1 is the outermost level. */
        Builder heading(int level, String text) {
            String title = PlainText.onOneLine(text);
            if (title.isEmpty()) {
                return this;
            }
            endSection(level);
            headings.removeIf(heading -> heading.level >= level);
            headings.add(new Heading(level, title.length() > LONGEST_HEADING ? PlainText.cut(title, LONGEST_HEADING) : title));
            return this;
        }

        /** Adds a paragraph, unless it is blank. */
        Builder paragraph(String text) {
            String clean = PlainText.clean(text);
            if (clean.isEmpty()) {
                return this;
            }
            characters += clean.length();
            if (characters > MOST_CHARACTERS) {
                throw new DocumentException(
                        DocumentFailure.TOO_LARGE, "has more than " + MOST_CHARACTERS + " characters of text");
            }
            paragraphs.add(clean);
            return this;
        }

        DocumentText build() {
            endSection(0);
            return new DocumentText(sections);
        }

        /** Ends the section. A heading without anything below it is text of its own. */
        private void endSection(int nextLevel) {
            if (paragraphs.isEmpty() && !headings.isEmpty() && headings.getLast().level >= nextLevel && !headings.getLast().isUsed) {
                paragraphs.add(headings.getLast().text);
            }
            if (!paragraphs.isEmpty()) {
                headings.forEach(heading -> heading.isUsed = true);
                sections.add(new Section(String.join(BETWEEN_HEADINGS, headings.stream().map(heading -> heading.text).toList()), paragraphs));
                paragraphs.clear();
            }
        }

        private static final class Heading {

            private final int level;
            private final String text;
            private boolean isUsed;

            Heading(int level, String text) {
                this.level = level;
                this.text = text;
            }
        }
    }
}
