package dev.paddock.adapters.http.answercache.embedding;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Learns how many texts of several callers a server embeds best with one request. It tries sizes, and compares the time per text while
 * texts have to wait; at other times the size does not matter. A larger size must be clearly better than a smaller one. With the size 1
 * nothing is collected, and requests are sent side by side, as many as there are.
 *
 * <p>What was learned is reviewed from time to time, and when the load or the time per text has changed much. Not thread-safe.
 */
final class BatchSizeLearner {

    private static final int FIRST_SIZE = 8;

    /** A measurement has as many requests and texts at least. */
    private static final int FEWEST_REQUESTS = 4;

    private static final int FEWEST_TEXTS = 16;

    /** A larger size must need less than this share of the time. */
    private static final double WORTH_IT = 0.95;

    /** A change by this factor, in some measurements one after the other, makes what was learned doubtful. */
    private static final double MUCH = 2;

    private static final int MOST_ODD = 2;

    private static final int TRIED_SIDE_BY_SIDE = 8;
    private static final double WEIGHT_OF_NEW = 0.2;

    /** The number of measurements until the next review; it doubles with each review. */
    private static final int FIRST_REVIEW = 256;

    private static final int LAST_REVIEW = 4096;

    private final int[] sizes; // 1, 2, 4, ... up to the largest
    private final double[] nanosPerText; // by the index of the size; NaN is unknown
    private int current; // this and the following are indexes of sizes
    private int best;
    private boolean settled;
    private boolean triesSingles; // whether the size 1 is tried before those next to the best one
    private int odd; // measurements one after the other that differ much from what was learned
    private int untilReview;
    private int review = FIRST_REVIEW;
    private double learnedLoad; // texts that were in progress or waiting
    private int requests; // this and the following belong to the measurement in progress
    private long texts;
    private long nanos;
    private double load;

    /** Creates a learner that has learned nothing. */
    BatchSizeLearner(int largest) {
        List<Integer> all = new ArrayList<>();
        for (int size = 1; size < largest; size *= 2) {
            all.add(size);
        }
        all.add(largest);
        this.sizes = all.stream().mapToInt(Integer::intValue).toArray();
        this.nanosPerText = new double[sizes.length];
        Arrays.fill(nanosPerText, Double.NaN);
        while (current + 1 < sizes.length && sizes[current + 1] <= FIRST_SIZE) {
            current++;
        }
        this.triesSingles = true;
    }

    /** Returns the number of texts that are sent together at most. */
    int size() {
        return sizes[current];
    }

    /** Returns how many requests may be in progress when the size is 1: few while that is only tried, because it may be the worst. */
    int sideBySide() {
        return settled || sizes.length == 1 ? Integer.MAX_VALUE : TRIED_SIDE_BY_SIDE;
    }

    /**
     * Takes a request into account that was sent and answered with the present size, while texts of others waited or were in progress.
     *
     * @param sent its texts
     * @param took the time since the end of the request before it
     * @param inProgress all texts that waited or were in progress
     */
    void record(int sent, long took, int inProgress) {
        requests++;
        texts += sent;
        nanos += took;
        load += inProgress;
        if (requests >= FEWEST_REQUESTS && texts >= FEWEST_TEXTS) {
            measured((double) nanos / texts, load / requests);
            requests = 0;
            texts = 0;
            nanos = 0;
            load = 0;
        }
    }

    private void measured(double cost, double presentLoad) {
        if (settled) {
            judge(cost, presentLoad);
        } else {
            nanosPerText[current] = cost;
            learnedLoad = Math.max(learnedLoad, presentLoad);
        }
        if (!settled) {
            choose();
        }
    }

    private void judge(double cost, double presentLoad) {
        double learned = nanosPerText[best];
        boolean isOdd = cost > learned * MUCH || cost < learned / MUCH || presentLoad > learnedLoad * MUCH;
        odd = isOdd ? odd + 1 : 0;
        boolean hasChanged = odd > MOST_ODD;
        if (hasChanged || --untilReview == 0) {
            odd = 0;
            Arrays.fill(nanosPerText, Double.NaN);
            nanosPerText[best] = cost;
            settled = false;
            triesSingles = hasChanged;
            review = hasChanged ? FIRST_REVIEW : Math.min(2 * review, LAST_REVIEW);
            learnedLoad = presentLoad;
        } else if (!isOdd) {
            nanosPerText[best] += WEIGHT_OF_NEW * (cost - learned);
        }
    }

    private void choose() {
        best = cheapest();
        if (triesSingles && Double.isNaN(nanosPerText[0])) {
            current = 0;
        } else if (best + 1 < sizes.length && Double.isNaN(nanosPerText[best + 1])) {
            current = best + 1;
        } else if (best > 0 && Double.isNaN(nanosPerText[best - 1])) {
            current = best - 1;
        } else {
            current = best;
            settled = true;
            untilReview = review;
        }
    }

    private int cheapest() {
        int found = -1;
        for (int index = 0; index < sizes.length; index++) {
            boolean isKnown = !Double.isNaN(nanosPerText[index]);
            if (isKnown && (found < 0 || nanosPerText[index] < WORTH_IT * nanosPerText[found])) {
                found = index;
            }
        }
        return found;
    }
}
