package dev.paddock.adapters.http.documentsearch.text;

import static java.util.Objects.requireNonNull;

import dev.paddock.domain.documents.DocumentSettings.Cutting;
import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Cuts documents into passages: a passage has paragraphs of one section as far as they fit. A longer paragraph is cut at lines, else at
 * sentences, else at words, else anywhere. The next passage of the section repeats the last sentences of the one before. Immutable.
 *
 * @param cutting the sizes
 */
public record PassageCutter(Cutting cutting) {

    private static final String BETWEEN_PARAGRAPHS = "\n\n";

    public PassageCutter {
        requireNonNull(cutting, "cutting");
    }

    /** Returns the passages of a document, in their order. */
    public List<CutPassage> cut(DocumentText document) {
        List<CutPassage> passages = new ArrayList<>();
        for (DocumentText.Section section : document.sections()) {
            cut(section, passages);
        }
        return passages;
    }

    private void cut(DocumentText.Section section, List<CutPassage> passages) {
        String current = "";
        boolean isNew = false; // whether it has more than what is repeated
        for (String paragraph : section.paragraphs()) {
            String separator = BETWEEN_PARAGRAPHS;
            for (String piece : pieces(paragraph)) {
                if (isNew && current.length() + separator.length() + piece.length() > cutting.characters()) {
                    passages.add(new CutPassage(section.title(), current));
                    current = end(current);
                }
                current = current.isEmpty() ? piece : current + separator + piece;
                isNew = true;
                separator = "\n";
            }
        }
        if (isNew) {
            passages.add(new CutPassage(section.title(), current));
        }
    }

    /** Returns the parts of a paragraph that fit into a passage after what is repeated. */
    private List<String> pieces(String paragraph) {
        List<String> pieces = new ArrayList<>();
        int room = cutting.characters() - cutting.overlap() - BETWEEN_PARAGRAPHS.length();
        int start = 0;
        while (start < paragraph.length()) {
            int end = paragraph.length() - start <= room ? paragraph.length() : lastBreak(paragraph, start, start + room);
            String piece = paragraph.substring(start, end).strip();
            if (!piece.isEmpty()) {
                pieces.add(piece);
            }
            start = end;
        }
        return pieces;
    }

    /** Returns the best place to cut: the last one of the best kind in the second half of the room. */
    private static int lastBreak(String text, int start, int limit) {
        int least = start + (limit - start) / 2;
        int line = text.substring(least, limit).lastIndexOf('\n'); // looks no farther back, or long lines take the square of their length
        if (line >= 0) {
            return least + line + 1;
        }
        int sentence = lastSentence(text, start, limit);
        if (sentence > least) {
            return sentence;
        }
        for (int index = limit - 1; index > least; index--) {
            if (Character.isWhitespace(text.charAt(index))) {
                return index + 1;
            }
        }
        return PlainText.safeEnd(text, limit);
    }

    private static int lastSentence(String text, int start, int limit) {
        BreakIterator sentences = BreakIterator.getSentenceInstance(Locale.ROOT);
        String window = text.substring(start, Math.min(text.length(), limit + 1));
        sentences.setText(window);
        return start + sentences.preceding(window.length());
    }

    /** Returns the last sentences of a passage that fit into what is repeated, or its last words; nothing when there is no such place. */
    private String end(String passage) {
        int earliest = passage.length() - cutting.overlap();
        if (cutting.overlap() == 0 || earliest <= 0) {
            return "";
        }
        BreakIterator sentences = BreakIterator.getSentenceInstance(Locale.ROOT);
        String window = passage.substring(PlainText.safeEnd(passage, earliest));
        sentences.setText(window);
        int sentence = sentences.following(0);
        if (sentence != BreakIterator.DONE && sentence < window.length()) {
            return window.substring(sentence).strip();
        }
        int space = 0;
        while (space < window.length() && !Character.isWhitespace(window.charAt(space))) {
            space++;
        }
        return window.substring(space).strip();
    }
}
