package dev.paddock.domain.reuse.semantic;

import java.util.Locale;

/** Why two questions with similar vectors may need different answers. The order is that in which they are looked for. */
public enum QuestionDifference {
    /** One of the texts is too short or too long. */
    LENGTH,
    /** One of the texts does not seem to be English, whose words the other differences are about. */
    LANGUAGE,
    /** Quoted texts differ. */
    QUOTE,
    /** Code differs: text in backticks, identifiers, formulas, paths and addresses. */
    CODE,
    /** Numbers differ, written in digits or in words. */
    NUMBER,
    /** Units of measure or currencies differ. */
    UNIT,
    /** Days, months, times of day or words such as <em>tomorrow</em> differ. */
    DATE,
    /** One text has more negations. */
    NEGATION,
    /** A word of one text excludes a word of the other, for example <em>enable</em> and <em>disable</em>. */
    ANTONYM,
    /** A name of one text is not in the other. */
    NAME,
    /** The words that both texts have are in another order. */
    WORD_ORDER;

    private final String label = name().toLowerCase(Locale.ROOT);

    /** Returns the name in metrics, for example {@code word_order}. */
    public String label() {
        return label;
    }
}
