package dev.paddock.adapters.http.sim.generation;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.paddock.adapters.http.sim.format.GoFormat;
import dev.paddock.adapters.http.sim.format.GoJson;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Random;
import java.util.zip.CRC32C;

/** A vector that depends on nothing but its text. */
final class EmbeddingVector {
    private final float[] values;

    private EmbeddingVector(float[] values) {
        this.values = values;
    }

    static EmbeddingVector of(String text, int length) {
        CRC32C checksum = new CRC32C();
        checksum.update(text.getBytes(StandardCharsets.UTF_8));
        Random random = new Random(checksum.getValue());
        float[] values = new float[length];
        for (int index = 0; index < length; index++) {
            values[index] = (float) random.nextGaussian();
        }
        return new EmbeddingVector(values);
    }

    EmbeddingVector shortened(int length) {
        return length > 0 && length < values.length ? new EmbeddingVector(Arrays.copyOf(values, length)) : this;
    }

    EmbeddingVector normalised() {
        double sum = 0;
        for (float value : values) {
            sum += (double) value * value;
        }
        float[] scaled = new float[values.length];
        for (int index = 0; index < values.length; index++) {
            scaled[index] = (float) (values[index] / Math.sqrt(sum));
        }
        return new EmbeddingVector(scaled);
    }

    ArrayNode singles() {
        ArrayNode array = GoJson.array();
        for (float value : values) {
            array.addRawValue(GoFormat.number(value));
        }
        return array;
    }

    /** The long decimals that single precision has when it is printed in double precision. */
    ArrayNode doubles() {
        ArrayNode array = GoJson.array();
        for (float value : values) {
            array.addRawValue(GoFormat.number((double) value));
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
