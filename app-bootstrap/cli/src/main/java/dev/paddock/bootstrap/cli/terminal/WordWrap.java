package dev.paddock.bootstrap.cli.terminal;

import org.jline.utils.WCWidth;

/**
 * Breaks lines between words at the margin of a terminal, while the text arrives in pieces. The last word of a piece is kept until it is
 * known to be whole. Code between fences is left as it is. Not thread-safe.
 */
public final class WordWrap {

    /** Where lines are shorter, they are left to the terminal. */
    public static final int NARROWEST = 20;

    private static final String FENCE = "```";

    private final int width;
    private final StringBuilder word = new StringBuilder(); // with the blanks before it
    private int column; // behind what was returned
    private boolean isCode;

    /** Creates a wrap at the given width. */
    public WordWrap(int width) {
        this.width = width;
    }

    /** Adds a piece of the text and returns what can be shown. */
    public String add(String piece) {
        StringBuilder shown = new StringBuilder();
        piece.codePoints().forEach(character -> {
            if (character == '\n') {
                end(shown);
                shown.append('\n');
                column = 0;
                return;
            }
            if (character == ' ' && !word.isEmpty() && word.charAt(word.length() - 1) != ' ') {
                end(shown);
            }
            word.appendCodePoint(character);
            if (WCWidth.wcwidth(character) == 2 && Character.isLetter(character)) {
                end(shown); // a line may break behind a letter of these scripts, which have no blanks; emoji may go on
            }
        });
        return shown.toString();
    }

    /** Returns the rest, after the last piece. */
    public String end() {
        StringBuilder shown = new StringBuilder();
        end(shown);
        return shown.toString();
    }

    private void end(StringBuilder shown) {
        String text = word.toString();
        word.setLength(0);
        if (column == 0 && text.stripLeading().startsWith(FENCE)) {
            isCode = !isCode;
        }
        int length = columns(text);
        if (!isCode && column > 0 && column + length > width) {
            shown.append('\n');
            text = text.stripLeading();
            length = columns(text);
            column = 0;
        }
        shown.append(text);
        column += length;
    }

    /** Returns the columns that a text takes: letters of some scripts take two, marks on letters none. */
    private static int columns(String text) {
        return text.codePoints().map(character -> Math.max(0, WCWidth.wcwidth(character))).sum();
    }
}
