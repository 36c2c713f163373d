package dev.paddock.adapters.http.wire.json;

/**
 * Makes texts well-formed Unicode. JSON can write half of a surrogate pair as an escape, and some servers split a character over two
 * pieces of a stream so. The halves of consecutive pieces are joined; a half that stays alone becomes the replacement character U+FFFD.
 * An instance joins the pieces of one text in order; not thread-safe.
 */
public final class WellFormedText {

    private static final char REPLACEMENT = '\ufffd';
    private static final char NONE = 0;

    private char heldBack = NONE; // the first half of a pair, with which the last piece ended

    /** Creates the state before the first piece. */
    public WellFormedText() {}

    /** Returns a text with U+FFFD in place of each half of a surrogate pair that stands alone. */
    public static String of(String text) {
        return isWithoutSurrogates(text) ? text : replaceHalves(text);
    }

    /**
     * Returns the next piece. If it ends with the first half of a surrogate pair, that half is held back for the following piece.
     *
     * @param isLast whether no further piece follows, so that nothing is held back
     */
    public String next(String piece, boolean isLast) {
        if (heldBack == NONE && isWithoutSurrogates(piece)) {
            return piece;
        }
        if (piece.isEmpty() && !isLast) {
            return piece; // other fields of a stream have their own pieces between those of a text
        }
        String text = heldBack == NONE ? piece : heldBack + piece;
        heldBack = NONE;
        int end = text.length();
        if (!isLast && Character.isHighSurrogate(text.charAt(end - 1))) {
            heldBack = text.charAt(--end);
        }
        return of(text.substring(0, end));
    }

    private static boolean isWithoutSurrogates(String text) {
        for (int index = 0; index < text.length(); index++) {
            if (Character.isSurrogate(text.charAt(index))) {
                return false;
            }
        }
        return true;
    }

    private static String replaceHalves(String text) {
        StringBuilder whole = new StringBuilder(text.length());
        text.codePoints().forEach(point -> whole.appendCodePoint(
                Character.getType(point) == Character.SURROGATE ? REPLACEMENT : point));
        return whole.toString();
    }
}
