package dev.paddock.domain.reuse.semantic;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds differences between two questions that vectors do not show: 17 and 18, enable and disable, from Paris to Rome and back. It knows
 * English only, and compares words, not meanings: it refuses many a question that has the same answer, and cannot find every difference.
 *
 * @param minLength characters of the shortest text that is compared, at least 1: short texts such as <em>continue</em> depend on what was said
 * @param maxLength characters of the longest text: models of embeddings read only the beginning of a longer one
 */
public record QuestionGuard(int minLength, int maxLength) {

    public QuestionGuard {
        if (minLength < 1 || minLength > maxLength) {
            throw new IllegalArgumentException("texts from " + minLength + " to " + maxLength + " characters");
        }
    }

    /** Returns whether a text has a length that allows a comparison. */
    public boolean admits(String text) {
        int length = text.strip().length();
        return length >= minLength && length <= maxLength;
    }

    /** Returns the first difference, or null when there is none. The order of the questions does not matter. */
    public @Nullable QuestionDifference difference(String stored, String asked) {
        if (!admits(stored) || !admits(asked)) {
            return QuestionDifference.LENGTH;
        }
        QuestionTraits one = QuestionTraits.of(stored);
        QuestionTraits other = QuestionTraits.of(asked);
        if (!one.isEnglish() || !other.isEnglish()) {
            return QuestionDifference.LANGUAGE;
        }
        QuestionDifference stated = statedDifference(one, other);
        if (stated != null) {
            return stated;
        }
        if (!other.words().containsAll(one.names()) || !one.words().containsAll(other.names())) {
            return QuestionDifference.NAME;
        }
        return common(one, other).equals(common(other, one)) ? null : QuestionDifference.WORD_ORDER;
    }

    /**
     * Returns the first difference between two answers, or null when there is none: in numbers, units, dates, quotes, code, negations or words that exclude
     * each other. Answers may have any length, names and order.
     */
    public static @Nullable QuestionDifference answerDifference(String one, String other) {
        return statedDifference(QuestionTraits.of(one), QuestionTraits.of(other));
    }

    private static @Nullable QuestionDifference statedDifference(QuestionTraits one, QuestionTraits other) {
        if (!one.quotes().equals(other.quotes())) {
            return QuestionDifference.QUOTE;
        }
        if (!one.code().equals(other.code())) {
            return QuestionDifference.CODE;
        }
        if (!one.numbers().equals(other.numbers())) {
            return QuestionDifference.NUMBER;
        }
        if (!one.units().equals(other.units())) {
            return QuestionDifference.UNIT;
        }
        if (!one.dates().equals(other.dates())) {
            return QuestionDifference.DATE;
        }
        if (one.negations() != other.negations()) {
            return QuestionDifference.NEGATION;
        }
        return haveAntonyms(one, other) ? QuestionDifference.ANTONYM : null;
    }

    private static boolean haveAntonyms(QuestionTraits one, QuestionTraits other) {
        Set<String> inOther = onlyIn(other, one);
        return onlyIn(one, other).stream()
                .anyMatch(word -> inOther.stream().anyMatch(another -> EnglishWords.exclude(word, another)));
    }

    /** Returns the stems that are in one text only. */
    private static Set<String> onlyIn(QuestionTraits one, QuestionTraits other) {
        Set<String> stems = stems(one);
        stems.removeAll(stems(other));
        return stems;
    }

    private static Set<String> stems(QuestionTraits traits) {
        Set<String> stems = new HashSet<>();
        traits.words().forEach(word -> stems.add(EnglishWords.stem(word)));
        return stems;
    }

    private static List<String> common(QuestionTraits one, QuestionTraits other) {
        List<String> common = new ArrayList<>(one.content());
        common.retainAll(other.content());
        return common;
    }
}
