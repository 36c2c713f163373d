package dev.paddock.adapters.http.wire.json;

import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads the plain vectors at the head of a JSON array of them, as servers write them: arrays of numbers, one at least,
 * with no white space but blanks. It stops before anything else without judging it. It never reads further than it
 * must to know that what it has is plain, so that nothing is waited for that a parser would not wait for. Not
 * thread-safe.
 */
final class VectorScanner {

    private static final int USUAL_DIMENSIONS = 1024;

    /** What the parser is not told of does not count towards its limits, so it must be little. */
    private static final long MOST_BYTES = 64 << 20;

    private final ByteWindow window;
    private final DecimalFloat decimal = new DecimalFloat();
    private int dimensions = USUAL_DIMENSIONS;
    private boolean complete;

    /** Creates a scanner of a window that begins behind the bracket of the array. */
    VectorScanner(ByteWindow window) {
        this.window = window;
    }

    /** Tells whether the array has no more vectors. */
    boolean isComplete() {
        return complete;
    }

    /**
     * Returns the next vector and lets its bytes and the comma behind it go; null when there is none or it is not
     * plain.
     */
    float @Nullable [] next() throws IOException {
        if (complete || window.passed() > MOST_BYTES || current() != '[') {
            return null;
        }
        window.moveTo(window.position() + 1);
        float[] vector = numbers();
        if (vector == null) {
            return null;
        }
        byte separator = current();
        if (separator != ',' && separator != ']') {
            return null;
        }
        complete = separator == ']';
        if (!complete) {
            window.moveTo(window.position() + 1);
        }
        window.pass();
        dimensions = vector.length;
        return vector;
    }

    private float @Nullable [] numbers() throws IOException {
        float[] numbers = new float[dimensions];
        int size = readCompact(numbers, 0);
        while (readNumber()) {
            if (size == numbers.length) {
                numbers = Arrays.copyOf(numbers, size * 2);
            }
            numbers[size++] = decimal.value();
            byte separator = current();
            window.moveTo(window.position() + 1);
            if (separator == ']') {
                return size == numbers.length ? numbers : Arrays.copyOf(numbers, size);
            }
            if (separator != ',') {
                return null;
            }
            size = readCompact(numbers, size);
        }
        return null;
    }

    /** Reads numbers that a comma follows at once, which most do, without a look at anything else. */
    private int readCompact(float[] numbers, int size) {
        byte[] bytes = window.bytes();
        int at = window.position();
        int count = size;
        while (count < numbers.length) {
            int end = decimal.read(bytes, at);
            if (end < 0 || bytes[end] != ',' || end - at > JsonStreams.LONGEST_NUMBER) {
                break;
            }
            numbers[count++] = decimal.value();
            at = end + 1;
        }
        window.moveTo(at);
        return count;
    }

    private boolean readNumber() throws IOException {
        current();
        while (true) {
            int end = decimal.read(window.bytes(), window.position());
            int stop = end < 0 ? ~end : end;
            if (stop - window.position() > JsonStreams.LONGEST_NUMBER) {
                return false;
            }
            if (!window.isLimit(stop)) {
                window.moveTo(stop);
                return end >= 0;
            }
            if (!window.more()) {
                return false;
            }
        }
    }

    /** Goes to the next byte that is no blank, and returns it; a zero at the end of the stream. */
    private byte current() throws IOException {
        while (true) {
            byte next = window.bytes()[window.position()];
            if (next == ' ') {
                window.moveTo(window.position() + 1);
            } else if (next != 0 || !window.isLimit(window.position()) || !window.more()) {
                return next;
            }
        }
    }
}
