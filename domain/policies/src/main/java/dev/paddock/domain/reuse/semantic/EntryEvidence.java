package dev.paddock.domain.reuse.semantic;

import java.util.Arrays;

/**
 * What is known about one stored answer: for some similar questions, whether the model gave the same answer. An answer serves similar questions
 * only as often as this evidence bounds the fraction of errors. The idea is that of vCache (arXiv 2502.03771); instead of its
 * logistic model only this is assumed: a more similar question is not more often answered wrongly. Immutable.
 */
public final class EntryEvidence {

    /** No evidence. */
    public static final EntryEvidence NONE = new EntryEvidence(new float[0], new boolean[0]);

    /** Observations that are kept; older ones are dropped. */
    static final int MOST = 128;

    private static final double[] DOUBTS = {0.5, 0.3, 0.15, 0.07, 0.03, 0.01};
    private static final int HALVINGS = 30;

    private final float[] similarities; // the oldest first
    private final boolean[] areRight; // of the same observations

    private EntryEvidence(float[] similarities, boolean[] areRight) {
        this.similarities = similarities;
        this.areRight = areRight;
    }

    /** Returns the number of observations. */
    public int observations() {
        return similarities.length;
    }

    /**
     * Returns this evidence with one more observation.
     *
     * @param similarity how similar the question was, from -1 to 1
     * @param isRight whether the model gave the same answer
     */
    public EntryEvidence with(double similarity, boolean isRight) {
        int from = similarities.length == MOST ? 1 : 0;
        int kept = similarities.length - from;
        float[] more = Arrays.copyOfRange(similarities, from, similarities.length + 1);
        boolean[] moreRight = Arrays.copyOfRange(areRight, from, similarities.length + 1);
        more[kept] = (float) similarity;
        moreRight[kept] = isRight;
        return new EntryEvidence(more, moreRight);
    }

    /**
     * Returns the fraction of similar questions that the answer may serve, from 0 to 1. The others must be answered by the model.
     *
     * @param similarity how similar the question is
     * @param maxErrors the fraction of questions that may be answered wrongly, above 0; with 1 there is no need of evidence
     * @param fewest with fewer observations the answer serves no question
     */
    public double servingFraction(double similarity, double maxErrors, int fewest) {
        if (maxErrors >= 1) {
            return 1;
        }
        if (similarities.length < fewest) {
            return 0;
        }
        int right = 0;
        int wrong = 0;
        for (int index = 0; index < similarities.length; index++) {
            // A right answer to a more similar question says nothing about this one, nor does a wrong one to a less similar question.
            right += areRight[index] && similarities[index] <= (float) similarity ? 1 : 0;
            wrong += !areRight[index] && similarities[index] >= (float) similarity ? 1 : 0;
        }
        double certainty = 0;
        for (double doubt : DOUBTS) {
            certainty = Math.max(certainty, (1 - doubt) * leastProbability(right, right + wrong, doubt));
        }
        return certainty >= 1 ? 1 : Math.min(1, maxErrors / (1 - certainty));
    }

    /** Returns the probability with which so many or more successes would occur only with the given probability (Clopper-Pearson). */
    static double leastProbability(int successes, int trials, double doubt) {
        double low = 0;
        double high = 1;
        for (int step = 0; step < HALVINGS; step++) {
            double middle = (low + high) / 2;
            if (atLeast(successes, trials, middle) < doubt) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return successes == 0 ? 0 : low;
    }

    /** Returns the probability of at least so many successes. */
    private static double atLeast(int successes, int trials, double probability) {
        double sum = 0;
        double logChoose = 0;
        for (int failures = 0; failures <= trials - successes; failures++) {
            if (failures > 0) {
                logChoose += Math.log((double) (trials - failures + 1) / failures);
            }
            sum += Math.exp(logChoose
                    + (trials - failures) * Math.log(probability)
                    + failures * Math.log1p(-probability));
        }
        return sum;
    }
}
