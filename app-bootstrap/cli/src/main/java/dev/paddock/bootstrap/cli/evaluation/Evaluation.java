package dev.paddock.bootstrap.cli.evaluation;

import dev.paddock.bootstrap.cli.evaluation.LabelledTexts.LabelledQuestion;
import dev.paddock.bootstrap.cli.evaluation.LabelledTexts.Pair;
import dev.paddock.domain.reuse.semantic.ErrorRate;
import dev.paddock.domain.reuse.semantic.PackedVectors;
import dev.paddock.domain.reuse.semantic.PackedVectors.Match;
import dev.paddock.domain.reuse.semantic.QuestionGuard;
import dev.paddock.domain.reuse.semantic.UnitVector;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Counts right and wrong hits of labelled questions. A text without a vector is never a hit.
 *
 * @param guard refuses pairs of similar questions
 * @param vectors the vector of a text, or null
 */
record Evaluation(QuestionGuard guard, Function<String, @Nullable UnitVector> vectors) {

    private static final int MOST_CANDIDATES = 4;

    /** The same order of questions each time, so that results can be compared. */
    private static final long SEED = 17;

    /** Stores the first question of each pair and asks the second one. */
    Result pairs(List<Pair> pairs, double threshold, boolean isGuarded) {
        int right = 0;
        int wrong = 0;
        for (Pair pair : pairs) {
            UnitVector stored = vectors.apply(pair.stored());
            UnitVector asked = vectors.apply(pair.asked());
            boolean isHit = stored != null
                    && asked != null
                    && stored.dimensions() == asked.dimensions()
                    && stored.similarity(asked) >= threshold
                    && (!isGuarded || guard.difference(pair.stored(), pair.asked()) == null);
            right += isHit && pair.isSame() ? 1 : 0;
            wrong += isHit && !pair.isSame() ? 1 : 0;
        }
        int same = (int) pairs.stream().filter(Pair::isSame).count();
        return new Result(threshold, isGuarded, same, pairs.size() - same, right, wrong);
    }

    /** Asks the questions in a random order, and stores those that are no hits. */
    Result replay(List<LabelledQuestion> questions, double threshold, boolean isGuarded) {
        List<LabelledQuestion> asked = new ArrayList<>(questions);
        Collections.shuffle(asked, new Random(SEED));
        List<LabelledQuestion> stored = new ArrayList<>();
        PackedVectors packed = null;
        int right = 0;
        int wrong = 0;
        for (LabelledQuestion question : asked) {
            UnitVector vector = vectors.apply(question.text());
            packed = packed == null && vector != null ? new PackedVectors(vector.dimensions()) : packed;
            if (vector == null || packed == null || vector.dimensions() != packed.dimensions()) {
                continue;
            }
            LabelledQuestion hit = null;
            for (Match match : packed.nearest(vector, threshold, isGuarded ? MOST_CANDIDATES : 1)) {
                LabelledQuestion candidate = stored.get(match.position());
                if (hit == null && (!isGuarded || guard.difference(candidate.text(), question.text()) == null)) {
                    hit = candidate;
                }
            }
            if (hit == null) {
                packed.add(vector);
                stored.add(question);
            } else {
                right += hit.intent().equals(question.intent()) ? 1 : 0;
                wrong += hit.intent().equals(question.intent()) ? 0 : 1;
            }
        }
        return new Result(threshold, isGuarded, asked.size(), 0, right, wrong);
    }

    /**
     * What was counted at one threshold.
     *
     * @param threshold the least similarity
     * @param isGuarded whether the guards could refuse
     * @param same questions that have a right answer
     * @param different questions for which each hit is wrong; 0 when each question may have right and wrong ones
     * @param right hits that are right
     * @param wrong hits that are wrong
     */
    record Result(double threshold, boolean isGuarded, int same, int different, int right, int wrong) {

        ErrorRate falseHits() {
            return new ErrorRate(wrong, (long) right + wrong);
        }

        /** Returns the hits as a fraction of all questions that may be hits. */
        double hitRate() {
            int possible = different == 0 ? same : same + different;
            return possible == 0 ? 0 : (double) (right + wrong) / possible;
        }
    }
}
