package dev.paddock.domain.documents;

import dev.paddock.domain.error.ErrorFacts;
import dev.paddock.domain.error.InvalidRequestException;

/**
 * Reciprocal rank fusion: a passage at rank {@code r} of a ranking, counted from 1, gets {@code weight / (rrfK + r)} for it; its score is
 * the sum over both rankings. Immutable.
 *
 * @param bm25Weight the weight of the ranking by words, 0 to 1; that by vectors has the rest
 * @param rrfK how little the first ranks are preferred, 1 to {@value #LARGEST_RRF_K}
 */
public record RankFusion(double bm25Weight, int rrfK) {

    /** The largest constant. */
    public static final int LARGEST_RRF_K = 10_000;

    /** Equal weights, and the constant 60 of the paper by Cormack, Clarke and Büttcher (SIGIR 2009). */
    public static final RankFusion DEFAULT = new RankFusion(0.5, 60);

    public RankFusion {
        require(bm25Weight >= 0 && bm25Weight <= 1, "the weight of BM25 is 0 to 1, not " + bm25Weight);
        require(rrfK >= 1 && rrfK <= LARGEST_RRF_K, "the constant of the rank fusion is 1 to " + LARGEST_RRF_K + ", not " + rrfK);
    }

    /** Returns what a passage gets for a rank by words, counted from 1. */
    public double bm25Score(int rank) {
        return bm25Weight / (rrfK + rank);
    }

    /** Returns what a passage gets for a rank by vectors, counted from 1. */
    public double vectorScore(int rank) {
        return (1 - bm25Weight) / (rrfK + rank);
    }

    private static void require(boolean condition, String rule) {
        if (!condition) {
            throw new InvalidRequestException(rule, ErrorFacts.NONE);
        }
    }
}
