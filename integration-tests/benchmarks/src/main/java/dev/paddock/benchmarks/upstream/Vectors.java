package dev.paddock.benchmarks.upstream;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.Random;
import java.util.StringJoiner;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The embeddings of the server, which do not depend on the text. */
public final class Vectors {

    /** Vectors in an answer. */
    public static final int COUNT = 64;

    /** Numbers in a vector. */
    public static final int DIMENSIONS = 768;

    private static final double SPREAD = 1 / Math.sqrt(DIMENSIONS);

    private Vectors() {}

    /** Returns the vector with the given index, with the numbers of a model that normalizes its vectors. */
    public static float[] vector(int index) {
        Random random = new Random(index);
        float[] vector = new float[DIMENSIONS];
        for (int dimension = 0; dimension < DIMENSIONS; dimension++) {
            vector[dimension] = (float) (random.nextGaussian() * SPREAD);
        }
        return vector;
    }

    static Stream<float[]> all() {
        return IntStream.range(0, COUNT).mapToObj(Vectors::vector);
    }

    /** Returns the shortest unambiguous decimals without exponents, as Go prints them. */
    static String numbers(float[] vector) {
        StringJoiner numbers = new StringJoiner(",", "[", "]");
        for (float number : vector) {
            numbers.add(new BigDecimal(Float.toString(number)).toPlainString());
        }
        return numbers.toString();
    }

    /** The bytes of the numbers, the least significant first, as OpenAI's {@code base64} has them. */
    static String base64(float[] vector) {
        ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * vector.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(vector);
        return '"' + Base64.getEncoder().encodeToString(bytes.array()) + '"';
    }
}
