package dev.paddock.adapters.http.sim.model;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.paddock.adapters.http.sim.format.GoFormat;
import dev.paddock.adapters.http.sim.format.GoJson;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Base64;
import java.util.Random;

/** A vector that depends on nothing but its text. */
final class EmbeddingVector {
    private final float[] values;

    private EmbeddingVector(float[] values) {
        this.values = values;
    }

    static EmbeddingVector of(String text, int length) {
        Random random = SampleWords.random(text);
        float[] values = new float[length];
        for (int index = 0; index < length; index++) {
            values[index] = (float) random.nextGaussian();
        }
        return new EmbeddingVector(values);
    }

    /** The first numbers, scaled to a length of one; a limit of zero means all. */
    EmbeddingVector normalised(int limit) {
        float[] scaled = limit > 0 && limit < values.length ? Arrays.copyOf(values, limit) : values.clone();
        double sum = 0;
        for (float value : scaled) {
            sum += (double) value * value;
        }
        for (int index = 0; index < scaled.length; index++) {
            scaled[index] = (float) (scaled[index] / Math.sqrt(sum));
        }
        return new EmbeddingVector(scaled);
    }

    /** The numbers in single precision, or with the long decimals of single precision printed as double. */
    ArrayNode numbers(boolean asDouble) {
        ArrayNode array = GoJson.array();
        for (float value : values) {
            array.addRawValue(asDouble ? GoFormat.number((double) value) : GoFormat.number(value));
        }
        return array;
    }

    /** The bytes of the single precision numbers, the least significant first. */
    TextNode base64() {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : values) {
            bytes.putFloat(value);
        }
        return new TextNode(Base64.getEncoder().encodeToString(bytes.array()));
    }
}
