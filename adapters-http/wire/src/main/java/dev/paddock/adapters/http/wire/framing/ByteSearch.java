package dev.paddock.adapters.http.wire.framing;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Searches bytes for the first of two characters of ASCII, eight bytes at a time: every byte of an answer is searched for the end of its
 * line and for markers. Thread-safe.
 *
 * @param one one of the characters, in each byte of the word
 * @param other the other character, or the same one, in each byte of the word
 */
record ByteSearch(long one, long other) {

    private static final VarHandle EIGHT_BYTES = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long LOWEST_BITS = 0x0101_0101_0101_0101L;
    private static final long HIGHEST_BITS = 0x8080_8080_8080_8080L;

    static ByteSearch of(char one, char other) {
        return new ByteSearch(one * LOWEST_BITS, other * LOWEST_BITS);
    }

    /** Returns the first index of either character in a range, or the end of the range when there is none. */
    int next(byte[] bytes, int from, int end) {
        int index = from;
        for (; index <= end - Long.BYTES; index += Long.BYTES) {
            long found = candidates(bytes, index);
            if (found != 0) {
                return index + first(found);
            }
        }
        while (index < end && bytes[index] != (byte) one && bytes[index] != (byte) other) {
            index++;
        }
        return index;
    }

    /**
     * Searches eight bytes.
     *
     * @return a bit for each byte found, which {@link #first} converts; the first one is right, later ones may be false, and none is missing
     */
    long candidates(byte[] bytes, int index) {
        long word = (long) EIGHT_BYTES.get(bytes, index);
        return zeroBytes(word ^ one) | zeroBytes(word ^ other);
    }

    /** Returns the number of bytes before the first candidate. */
    static int first(long candidates) {
        return Long.numberOfTrailingZeros(candidates) / Byte.SIZE;
    }

    /** Returns a word whose lowest bit that is set marks the first zero byte; later bits may mark others falsely. */
    private static long zeroBytes(long word) {
        return (word - LOWEST_BITS) & ~word & HIGHEST_BITS;
    }
}
