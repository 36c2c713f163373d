package dev.paddock.benchmarks.upstream;

import java.nio.ByteBuffer;

/**
 * The first and the last bytes of a body. Clients write the settings of a request before or after the long text, never
 * amid it; so a prompt of several megabytes costs no memory here.
 */
final class BodySample {

    private static final int SIZE = 1024;

    private final byte[] first = new byte[SIZE];
    private final byte[] last = new byte[2 * SIZE];
    private int firstCount;
    private int lastCount;

    void clear() {
        firstCount = 0;
        lastCount = 0;
    }

    /** Consumes that many bytes. */
    void add(ByteBuffer input, int count) {
        int end = input.position() + count;
        int start = Math.min(count, SIZE - firstCount);
        input.get(input.position(), first, firstCount, start);
        firstCount += start;
        // The last bytes may be among the first ones too: a field must not be cut in two where one sample ends.
        input.position(Math.max(input.position(), end - SIZE));
        int rest = end - input.position();
        if (lastCount + rest > last.length) {
            System.arraycopy(last, lastCount - SIZE, last, 0, SIZE);
            lastCount = SIZE;
        }
        input.get(last, lastCount, rest);
        lastCount += rest;
    }

    /** Whether a field has this value, both as they stand in JSON; text within strings cannot look like that. */
    boolean hasField(byte[] field, byte[] value) {
        return hasField(first, firstCount, field, value) || hasField(last, lastCount, field, value);
    }

    private static boolean hasField(byte[] bytes, int count, byte[] field, byte[] value) {
        for (int index = 0; index <= count - field.length - value.length; index++) {
            if (matches(bytes, index, field)) {
                int colon = skipBlanks(bytes, index + field.length, count);
                int start = skipBlanks(bytes, colon + 1, count);
                if (colon < count && bytes[colon] == ':' && start + value.length <= count) {
                    return matches(bytes, start, value);
                }
            }
        }
        return false;
    }

    private static int skipBlanks(byte[] bytes, int from, int count) {
        int index = from;
        while (index < count && bytes[index] <= ' ' && bytes[index] >= 0) {
            index++;
        }
        return index;
    }

    private static boolean matches(byte[] bytes, int at, byte[] expected) {
        for (int index = 0; index < expected.length; index++) {
            if (bytes[at + index] != expected[index]) {
                return false;
            }
        }
        return true;
    }
}
