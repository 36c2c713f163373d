package dev.paddock.domain.reuse.semantic;

import org.jspecify.annotations.Nullable;

/** A vector of length 1. The dot product of two of them is their cosine similarity. Immutable as long as its array is not changed. */
public final class UnitVector {

    private final float[] values;

    private UnitVector(float[] values) {
        this.values = values;
    }

    /** Returns the vector with the direction of the given one; null when it has none: no values, all zero, or one that is not finite. */
    public static @Nullable UnitVector of(float[] vector) {
        double squares = 0;
        for (float value : vector) {
            squares += (double) value * value;
        }
        if (!Double.isFinite(squares) || squares == 0) {
            return null;
        }
        double length = Math.sqrt(squares);
        float[] values = new float[vector.length];
        for (int index = 0; index < values.length; index++) {
            values[index] = (float) (vector[index] / length);
        }
        return new UnitVector(values);
    }

    /** Returns the number of values. */
    public int dimensions() {
        return values.length;
    }

    /**
     * Returns the cosine similarity with another vector, from -1 to 1.
     *
     * @throws IllegalArgumentException if it has another number of values: vectors of two models cannot be compared
     */
    public double similarity(UnitVector other) {
        if (other.values.length != values.length) {
            throw new IllegalArgumentException("vectors with " + values.length + " and " + other.values.length + " values");
        }
        return PackedVectors.dot(values, other.values, 0);
    }

    /** Returns a copy of its values. */
    public float[] toArray() {
        return values.clone();
    }

    float[] values() {
        return values;
    }
}
