package dev.paddock.adapters.http.wire.embedding;

/** The vector of one text as the server wrote it: an array of numbers, or a base64 text. Immutable as long as its array is not changed. */
public final class EmbeddingVector {

    private final byte[] json;
    private final int dimensions;
    private final boolean sound;

    EmbeddingVector(byte[] json, int dimensions, boolean sound) {
        this.json = json;
        this.dimensions = dimensions;
        this.sound = sound;
    }

    /** Returns its bytes: the array itself, not a copy. */
    public byte[] json() {
        return json;
    }

    /** Returns how many numbers it has, zero if that is not known. */
    public int dimensions() {
        return dimensions;
    }

    /** Returns whether it has at least one number, all of them are finite, and one of them is not zero. */
    public boolean isSound() {
        return sound;
    }

    /** Returns the size only: content is never shown. */
    @Override
    public String toString() {
        return "vector of " + dimensions + " dimensions";
    }
}
