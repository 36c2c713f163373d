package dev.paddock.adapters.http.wire.json;

import java.io.IOException;
import java.util.Arrays;

/** Collects the numbers of a JSON array without an object for each. Not thread-safe. */
public final class FloatArray implements ElementHandler {

    private float[] numbers;
    private int size;

    /** Creates a collector without numbers; one that gets exactly the expected count never copies them. */
    public FloatArray(int expected) {
        this.numbers = new float[Math.max(expected, 1)];
    }

    @Override
    public void accept(JsonReader value) throws IOException {
        if (size == numbers.length) {
            numbers = Arrays.copyOf(numbers, size * 2);
        }
        numbers[size++] = value.floatValue();
    }

    /** Returns the numbers. The array is the collector's own when it is full, so this is the last call. */
    public float[] toArray() {
        return size == numbers.length ? numbers : Arrays.copyOf(numbers, size);
    }
}
