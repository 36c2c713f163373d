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

    private VectorScanner(byte[] bytes, int start) {
        this.bytes = bytes;
        this.at = start;
    }

    /**
     * Returns the vectors of an array and overwrites them with blanks, so that a parser of the same bytes finds an empty array and reports
     * later places as if it had read the vectors. Returns no vectors, and changes nothing, if the array is not plain.
     *
     * @param bytes the document, and behind it a byte that is no part of a number
     * @param start the index behind the bracket that begins the array
     */
    static List<Embedding> read(byte[] bytes, int start) {
        VectorScanner scanner = new VectorScanner(bytes, start);
        if (!scanner.readAll()) {
            return List.of();
        }
        Arrays.fill(bytes, start, scanner.at, (byte) ' ');
        return scanner.vectors;
    }

    /** Reads to the bracket that ends the array; returns whether the array is plain. */
    private boolean readAll() {
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
