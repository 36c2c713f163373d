package dev.paddock.adapters.http.answercache;

import dev.paddock.adapters.http.answercache.SemanticCounts.Comparison;
import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.reuse.semantic.QuestionGuard;
import dev.paddock.domain.reuse.semantic.TextVector;
import dev.paddock.domain.reuse.semantic.UnitVector;
import dev.paddock.ports.reuse.EmbeddingSourcePort;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether two answers say the same. Of short answers also the numbers, units, dates, quotes, code, negations and antonyms must
 * agree; of long ones, which differ in such details each time, only the vectors.
 *
 * @param source makes the vectors
 * @param leastSimilarity the least cosine similarity of answers that say the same
 */
record AnswerComparison(EmbeddingSourcePort source, double leastSimilarity) {

    private static final int SHORT = 200;

    /** Models of embeddings read only the beginning of a long text. */
    private static final int READ = 2000;

    Comparison compare(@Nullable String one, @Nullable String other, CallContext context) {
        if (one == null || other == null) {
            return Comparison.UNDECIDED;
        }
        String first = one.strip();
        String second = other.strip();
        if (first.equals(second)) {
            return Comparison.SAME;
        }
        boolean areShort = first.length() <= SHORT && second.length() <= SHORT;
        if (areShort && QuestionGuard.answerDifference(first, second) != null) {
            return Comparison.DIFFERENT;
        }
        return compareVectors(first, second, context);
    }

    @SuppressWarnings("IllegalCatch") // a source of the application's own may fail in any way
    private Comparison compareVectors(String first, String second, CallContext context) {
        TextVector one;
        TextVector other;
        try {
            one = source.embed(beginning(first), context);
            other = source.embed(beginning(second), context);
        } catch (RuntimeException | LinkageError noVector) {
            return Comparison.UNDECIDED;
        }
        UnitVector unit = UnitVector.of(one.embedding().vector());
        UnitVector otherUnit = UnitVector.of(other.embedding().vector());
        if (unit == null || otherUnit == null || !one.space().equals(other.space()) || unit.dimensions() != otherUnit.dimensions()) {
            return Comparison.UNDECIDED;
        }
        return unit.similarity(otherUnit) >= leastSimilarity ? Comparison.SAME : Comparison.DIFFERENT;
    }

    private static String beginning(String text) {
        if (text.length() <= READ) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(READ - 1)) ? READ - 1 : READ);
    }
}
