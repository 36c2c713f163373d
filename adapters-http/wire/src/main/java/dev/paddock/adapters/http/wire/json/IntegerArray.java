package dev.paddock.adapters.http.wire.json;

import java.io.IOException;
import java.util.Arrays;

/** Collects the whole numbers of a JSON array without an object for each. Not thread-safe. */
public final class IntegerArray implements ElementHandler {

    private int[] numbers = new int[64];
    private int size;

    /** Creates a collector without numbers. */
    public IntegerArray() {}

    @Override
    public void accept(JsonReader value) throws IOException {
        if (size == numbers.length) {
            numbers = Arrays.copyOf(numbers, size * 2);
        }
        numbers[size++] = value.intValue();
    }

    /** Returns the numbers. */
    public int[] toArray() {
        return Arrays.copyOf(numbers, size);
    }
}
