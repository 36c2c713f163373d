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
            long found = candidates(eightBytes(bytes, index));
            if (found != 0) {
                return index + first(found);
            }
        }
        while (index < end && bytes[index] != (byte) one && bytes[index] != (byte) other) {
            index++;
        }
        return index;
    }

    /** Returns the eight bytes from an index on; the first one is the lowest of the word. */
    static long eightBytes(byte[] bytes, int index) {
        return (long) EIGHT_BYTES.get(bytes, index);
    }

    /** Returns the eight bytes before an index of an array of at least eight; the last one is the highest, those before the array are zero. */
    static long eightBytesBefore(byte[] bytes, int end) {
        int missing = Math.max(0, Long.BYTES - end);
        return eightBytes(bytes, end - Long.BYTES + missing) << (missing * Byte.SIZE);
    }

    /**
     * Searches the bytes of a word.
     *
     * @return a bit for each byte found, which {@link #first} converts; the first one is right, later ones may be false, and none is missing
     */
    long candidates(long word) {
        return zeroBytes(word ^ one) | zeroBytes(word ^ other);
    }

    /** Returns a bit, as {@link #candidates}, for each byte of a word that is a quotation mark, a space, or a lower character. */
    static long upToQuotationMark(long word) {
        return (word - ('"' + 1) * LOWEST_BITS) & ~word & HIGHEST_BITS;
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
