package dev.paddock.wholesystem;

import java.util.Locale;
import java.util.SplittableRandom;
import java.util.regex.Pattern;

/** Vectors by the words of a text: texts with many words in common are near to each other. A stand-in for an embedding model. */
public final class WordVectors {

    private static final Pattern NO_WORD = Pattern.compile("[^a-z0-9]+");
    private static final int LENGTH = 128;

    private WordVectors() {}

    /** Returns the vector of a text, of length one. */
    public static float[] of(String text) {
        float[] sum = new float[LENGTH];
        sum[0] = 1e-3f; // a text without words has a direction, too
        for (String word : NO_WORD.split(text.toLowerCase(Locale.ROOT), -1)) {
            if (!word.isEmpty()) {
                SplittableRandom random = new SplittableRandom(word.hashCode()).split();
                for (int index = 0; index < LENGTH; index++) {
                    sum[index] += (float) (random.nextDouble() - 0.5);
                }
            }
        }
        double length = 0;
        for (float value : sum) {
            length += (double) value * value;
        }
        for (int index = 0; index < LENGTH; index++) {
            sum[index] /= (float) Math.sqrt(length);
        }
        return sum;
    }
}
