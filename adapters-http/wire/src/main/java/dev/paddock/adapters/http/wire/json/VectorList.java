package dev.paddock.adapters.http.wire.json;

import dev.paddock.domain.error.ErrorFacts;
import dev.paddock.domain.error.MalformedResponseException;
import dev.paddock.domain.model.embedding.Embedding;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Collects vectors, each an array of numbers or a base64 text of 32-bit floats in little-endian order. A vector without numbers, or with
 * one that is not finite, is of no use for any calculation, so it is a malformed answer. Not thread-safe.
 */
public final class VectorList implements JsonReader.Elements {

    private static final int USUAL_DIMENSIONS = 1024;

    private final List<Embedding> vectors = new ArrayList<>();

    /** Creates a list without vectors. */
    public VectorList() {}

    @Override
    public void accept(JsonReader value) throws IOException {
        float[] vector = value.isText() ? decode(value) : read(value);
        if (vector.length == 0) {
            throw new MalformedResponseException("the answer has a vector without numbers", ErrorFacts.NONE);
        }
        vectors.add(Embedding.wrap(vector));
    }

    void addAll(List<Embedding> read) {
        vectors.addAll(read);
    }

    /** Returns the vectors in the order of the answer. */
    public List<Embedding> vectors() {
        return vectors;
    }

    /** The first vector determines how much space the others get. */
    private float[] read(JsonReader value) throws IOException {
        value.require(!value.isNull(), "a vector");
        float[][] numbers = {new float[vectors.isEmpty() ? USUAL_DIMENSIONS : Math.max(1, vectors.getFirst().dimensions())]};
        int[] size = {0};
        value.array(element -> {
            if (size[0] == numbers[0].length) {
                numbers[0] = Arrays.copyOf(numbers[0], size[0] * 2);
            }
            numbers[0][size[0]++] = element.floatValue();
        });
        return size[0] == numbers[0].length ? numbers[0] : Arrays.copyOf(numbers[0], size[0]);
    }

    private static float[] decode(JsonReader value) throws IOException {
        byte[] bytes = value.base64();
        value.require(bytes.length % Float.BYTES == 0, "a vector of 32-bit floats");
        float[] vector = new float[bytes.length / Float.BYTES];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(vector);
        for (float number : vector) {
            if (!Float.isFinite(number)) {
                throw new MalformedResponseException("the answer has a vector with a number that is not finite", ErrorFacts.NONE);
            }
        }
        return vector;
    }
}
