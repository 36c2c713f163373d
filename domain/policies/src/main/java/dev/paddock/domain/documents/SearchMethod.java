package dev.paddock.domain.documents;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How passages are compared with a query. */
public enum SearchMethod {
    /** By the similarity of their vectors with that of the query. */
    VECTOR,
    /** By the words that they share with the query (BM25). */
    BM25,
    /** By both; the two rankings are merged by reciprocal rank fusion. */
    HYBRID;

    /** Returns the name as it appears in JSON and settings, for example {@code hybrid}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns the method with a label, in lower case; empty when there is none. */
    public static Optional<SearchMethod> ofLabel(String label) {
        return Arrays.stream(values()).filter(method -> method.label().equals(label)).findFirst();
    }
}
