package dev.paddock.adapters.http.answercache.embedding;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Shares out the tokens that a server has counted for several texts together. */
final class TokenShares {

    /** Each text has some tokens of its own, such as that of its end. */
    private static final int OVERHEAD = 4;

    private TokenShares() {}

    /** Returns the share of each text by its length; together they are the total. Empty if the total is unknown. */
    static List<Long> of(List<String> texts, @Nullable Long total) {
        List<Long> shares = new ArrayList<>();
        if (total == null) {
            return shares;
        }
        long all = texts.stream().mapToLong(TokenShares::weight).sum();
        long weights = 0;
        long given = 0;
        for (String text : texts) {
            weights += weight(text);
            long until = Math.round((double) total * weights / all);
            shares.add(until - given);
            given = until;
        }
        return shares;
    }

    private static long weight(String text) {
        return (long) text.length() + OVERHEAD;
    }
}
