package dev.paddock.bootstrap.config.source;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Guesses what a misspelt key or name was meant to be. */
public final class SpellingSuggestion {

    private SpellingSuggestion() {}

    /**
     * Returns the word that is most like the given one, or null if none is like it. Words whose last parts, behind
     * the last dot, are equal are alike: the key is right, only its group is not.
     */
    public static @Nullable String nearest(String word, Collection<String> words) {
        int tolerance = Math.max(2, word.length() / 6);
        return words.stream()
                .filter(candidate -> lastPart(candidate).equals(lastPart(word))
                        || distance(candidate, word) <= tolerance)
                .min(Comparator.comparingInt(candidate -> distance(candidate, word)))
                .orElse(null);
    }

    private static String normalised(String word) {
        return word.replace("\"", "").replace("_", "-").toLowerCase(Locale.ROOT);
    }

    private static String lastPart(String word) {
        return normalised(word.substring(word.lastIndexOf('.') + 1));
    }

    /** Counts the letters to insert, remove or replace that turn one word into the other (Levenshtein). */
    private static int distance(String first, String second) {
        String left = normalised(first);
        String right = normalised(second);
        int[] previous = new int[right.length() + 1];
        for (int column = 0; column <= right.length(); column++) {
            previous[column] = column;
        }
        for (int row = 1; row <= left.length(); row++) {
            int[] current = new int[right.length() + 1];
            current[0] = row;
            for (int column = 1; column <= right.length(); column++) {
                int replaced = previous[column - 1] + (left.charAt(row - 1) == right.charAt(column - 1) ? 0 : 1);
                current[column] = Math.min(replaced, 1 + Math.min(previous[column], current[column - 1]));
            }
            previous = current;
        }
        return previous[right.length()];
    }
}
