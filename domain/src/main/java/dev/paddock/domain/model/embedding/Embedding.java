package dev.paddock.domain.model.embedding;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;

/** The vector of one text. Immutable as long as its array is not changed; the array is not copied. */
public final class Embedding {

    private final float[] vector;

    private Embedding(float[] vector) {
        this.vector = requireNonNull(vector, "vector");
    }

    /** Returns the embedding with the given vector, not copied. */
    public static Embedding wrap(float[] vector) {
        return new Embedding(vector);
    }

    /** Returns the vector itself, not a copy. */
    public float[] vector() {
        return vector;
    }

    /** Returns the length of the vector. */
    public int dimensions() {
        return vector.length;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Embedding that && Arrays.equals(vector, that.vector);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(vector);
    }

    @Override
    public String toString() {
        return "embedding of " + vector.length + " dimensions";
    }
}
