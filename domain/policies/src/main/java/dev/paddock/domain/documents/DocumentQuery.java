package dev.paddock.domain.documents;

import static java.util.Objects.requireNonNull;

import dev.paddock.domain.error.ErrorFacts;
import dev.paddock.domain.error.InvalidRequestException;

/**
 * A query for passages. Immutable.
 *
 * @param text the query in natural language, not blank, at most {@value #LONGEST_TEXT} characters
 * @param method how passages are compared with it
 * @param k the largest number of passages, 1 to {@value #LARGEST_K}
 * @param fusion how the rankings of a hybrid search are merged; other methods ignore it
 */
public record DocumentQuery(String text, SearchMethod method, int k, RankFusion fusion) {

    /** The number of passages when a caller does not say. */
    public static final int DEFAULT_K = 5;

    /** The largest number of passages. */
    public static final int LARGEST_K = 100;

    /** The largest number of characters. */
    public static final int LONGEST_TEXT = 16_384;

    public DocumentQuery {
        requireNonNull(text, "text");
        requireNonNull(method, "method");
        requireNonNull(fusion, "fusion");
        require(!text.isBlank(), "a query needs a text");
        require(text.length() <= LONGEST_TEXT, "a query has at most " + LONGEST_TEXT + " characters, not " + text.length());
        require(k >= 1 && k <= LARGEST_K, "k is 1 to " + LARGEST_K + ", not " + k);
    }

    /** Returns a hybrid query for {@value #DEFAULT_K} passages. */
    public static DocumentQuery of(String text) {
        return new DocumentQuery(text, SearchMethod.HYBRID, DEFAULT_K, RankFusion.DEFAULT);
    }

    /** Returns this query with the given method. */
    public DocumentQuery withMethod(SearchMethod newMethod) {
        return new DocumentQuery(text, newMethod, k, fusion);
    }

    /** Returns this query with the given number of passages. */
    public DocumentQuery withK(int newK) {
        return new DocumentQuery(text, method, newK, fusion);
    }

    /** Returns this query with the given fusion. */
    public DocumentQuery withFusion(RankFusion newFusion) {
        return new DocumentQuery(text, method, k, newFusion);
    }

    /** Returns everything but the text, which is not shown. */
    @Override
    public String toString() {
        return method.label() + " query for " + k + " passages";
    }

    private static void require(boolean condition, String rule) {
        if (!condition) {
            throw new InvalidRequestException(rule, ErrorFacts.NONE);
        }
    }
}
