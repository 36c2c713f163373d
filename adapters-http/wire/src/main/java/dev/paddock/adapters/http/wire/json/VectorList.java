package dev.paddock.adapters.http.wire.json;

import dev.paddock.domain.model.embedding.Embedding;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * Collects vectors, each an array of numbers or a base64 text of 32-bit floats in little-endian order. The first one
 * tells how long the others will be. Not thread-safe.
 */
public final class VectorList implements ElementHandler {

    private static final int USUAL_DIMENSIONS = 1024;

    private final List<Embedding> vectors = new ArrayList<>();

    /** Creates a collector without vectors. */
    public VectorList() {}

    @Override
    public void accept(JsonReader value) throws IOException {
        add(value.isText() ? decode(value) : read(value));
    }

    /** Adds a vector, which is not copied. */
    void add(float[] vector) {
        vectors.add(Embedding.wrap(vector));
    }

    /** Returns the vectors in the order of the answer. */
    public List<Embedding> vectors() {
        return vectors;
    }

    private float[] read(JsonReader value) throws IOException {
        value.require(!value.isNull(), "a vector");
        FloatArray numbers = new FloatArray(vectors.isEmpty() ? USUAL_DIMENSIONS : vectors.getFirst().dimensions());
        value.array(numbers);
        return numbers.toArray();
    }

    private static float[] decode(JsonReader value) throws IOException {
        byte[] bytes = value.base64();
        value.require(bytes.length % Float.BYTES == 0, "a vector of 32-bit floats");
        float[] vector = new float[bytes.length / Float.BYTES];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(vector);
        return vector;
    }
}
