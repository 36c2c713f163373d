package dev.paddock.domain.reuse.semantic;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Vectors of one number of dimensions in one array, searched by a scan: about 2 ms for 10,000 vectors with 384 values. The vectors have
 * the positions from 0 to {@code size() - 1}. Not thread-safe; several threads may search while no thread changes it.
 */
public final class PackedVectors {

    private final int dimensions;
    private float[] packed = new float[0];
    private int size;

    /** Creates an empty list for vectors with the given number of values, at least 1. */
    public PackedVectors(int dimensions) {
        if (dimensions < 1) {
            throw new IllegalArgumentException("a vector has at least one value, not " + dimensions);
        }
        this.dimensions = dimensions;
    }

    /** Returns the number of values of each vector. */
    public int dimensions() {
        return dimensions;
    }

    /** Returns the number of vectors. */
    public int size() {
        return size;
    }

    /**
     * Adds a vector at the end.
     *
     * @throws IllegalArgumentException if it has another number of values
     */
    public void add(UnitVector vector) {
        requireSameDimensions(vector);
        if (packed.length == size * dimensions) {
            packed = Arrays.copyOf(packed, Math.multiplyExact(size + 1 + size / 4, dimensions));
        }
        System.arraycopy(vector.values(), 0, packed, size * dimensions, dimensions);
        size++;
    }

    /** Removes the vector at a position. The last vector takes its place. */
    public void remove(int position) {
        if (position < 0 || position >= size) {
            throw new IndexOutOfBoundsException(position);
        }
        size--;
        System.arraycopy(packed, size * dimensions, packed, position * dimensions, dimensions);
        if (size * dimensions < packed.length / 2) {
            packed = Arrays.copyOf(packed, size * dimensions);
        }
    }

    /**
     * Returns the vectors that are most similar to the given one, the most similar first.
     *
     * @param threshold the least similarity
     * @param most how many at most
     * @throws IllegalArgumentException if it has another number of values
     */
    public List<Match> nearest(UnitVector vector, double threshold, int most) {
        requireSameDimensions(vector);
        List<Match> matches = new ArrayList<>();
        for (int position = 0; position < size; position++) {
            double similarity = dot(vector.values(), packed, position * dimensions);
            if (similarity >= threshold) {
                matches.add(new Match(position, similarity));
            }
        }
        matches.sort(Comparator.comparingDouble(Match::similarity).reversed());
        return List.copyOf(matches.subList(0, Math.min(most, matches.size())));
    }

    /** Returns the dot product of a vector and the values from an offset on. Four sums let the processor work in parallel. */
    static double dot(float[] vector, float[] packed, int offset) {
        float first = 0;
        float second = 0;
        float third = 0;
        float fourth = 0;
        int index = 0;
        for (; index + 3 < vector.length; index += 4) {
            first += vector[index] * packed[offset + index];
            second += vector[index + 1] * packed[offset + index + 1];
            third += vector[index + 2] * packed[offset + index + 2];
            fourth += vector[index + 3] * packed[offset + index + 3];
        }
        for (; index < vector.length; index++) {
            first += vector[index] * packed[offset + index];
        }
        return Math.clamp((double) first + second + third + fourth, -1.0, 1.0); // rounding may exceed 1
    }

    private void requireSameDimensions(UnitVector vector) {
        if (vector.dimensions() != dimensions) {
            throw new IllegalArgumentException("a vector with " + vector.dimensions() + " values among those with " + dimensions);
        }
    }

    /**
     * A vector that was found.
     *
     * @param position its position
     * @param similarity its cosine similarity, from -1 to 1
     */
    public record Match(int position, double similarity) {}
}
