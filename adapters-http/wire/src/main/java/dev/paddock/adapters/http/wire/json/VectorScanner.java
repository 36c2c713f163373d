package dev.paddock.adapters.http.wire.json;

import dev.paddock.domain.model.embedding.Embedding;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reads a JSON array of plain vectors without a parser: tokens for numbers are most of the cost of parsing vectors. An array is plain
 * when it is written as servers write it: at least one vector, at least one finite number in each, and no white space but blanks. The
 * scanner does not judge any other array; that is for the parser. Not thread-safe.
 */
final class VectorScanner {

    private static final int USUAL_DIMENSIONS = 1024;

    private final byte[] bytes;
    private final DecimalFloat decimal = new DecimalFloat();
    private final List<Embedding> vectors = new ArrayList<>();
    private int at;
    private int dimensions = USUAL_DIMENSIONS;

    /**
     * Creates a scanner of one array.
     *
     * @param bytes the document, which ends with a byte that is neither a part of an array of numbers nor a blank
     * @param start the index behind the bracket that begins the array
     */
    VectorScanner(byte[] bytes, int start) {
        this.bytes = bytes;
        this.at = start;
    }

    /** Reads to the bracket that ends the array; returns whether the array is plain. */
    boolean readAll() {
        at = skipBlanks(at);
        while (bytes[at] == '[' && readVector()) {
            at = skipBlanks(at);
            if (bytes[at] == ']') {
                return true;
            }
            if (bytes[at] != ',') {
                return false;
            }
            at = skipBlanks(at + 1);
        }
        return false;
    }

    /** Returns the vectors that were read. */
    List<Embedding> vectors() {
        return vectors;
    }

    /** Returns the index of the bracket that ends a plain array. */
    int end() {
        return at;
    }

    /** Reads the vector at whose bracket the scanner stands, and goes behind it. */
    private boolean readVector() {
        float[] numbers = new float[dimensions];
        int size = 0;
        int index = at;
        do {
            index = skipBlanks(index + 1);
            int end = decimal.read(bytes, index);
            if (end < 0 || end - index > JsonStreams.LONGEST_NUMBER || Float.isInfinite(decimal.value())) {
                return false;
            }
            if (size == numbers.length) {
                numbers = Arrays.copyOf(numbers, size * 2);
            }
            numbers[size++] = decimal.value();
            index = skipBlanks(end);
        } while (bytes[index] == ',');
        at = index + 1;
        dimensions = size;
        vectors.add(Embedding.wrap(size == numbers.length ? numbers : Arrays.copyOf(numbers, size)));
        return bytes[index] == ']';
    }

    private int skipBlanks(int from) {
        int index = from;
        while (bytes[index] == ' ') {
            index++;
        }
        return index;
    }
}
