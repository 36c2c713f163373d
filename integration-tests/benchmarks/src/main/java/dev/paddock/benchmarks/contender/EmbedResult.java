package dev.paddock.benchmarks.contender;

import java.util.List;

/**
 * What became of vectors, in whatever form the contender hands them out.
 *
 * @param value the contender's own form, kept so that it is made
 * @param vectors how many there are
 * @param dimensions how many numbers the last of them has
 * @param last its last number
 */
public record EmbedResult(Object value, int vectors, int dimensions, float last) {

    static EmbedResult of(List<float[]> vectors) {
        float[] last = vectors.getLast();
        return new EmbedResult(vectors, vectors.size(), last.length, last[last.length - 1]);
    }
}
