package dev.paddock.adapters.http.wire.framing;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Looks for the first of two bytes, eight at a time: every byte of an answer is searched for the end of its line and for
 * signs of the end of the answer. Thread-safe.
 *
 * @param one one of the bytes, eight times
 * @param other the other one, or the same, eight times
 */
record ByteSearch(long one, long other) {

    private static final VarHandle EIGHT_BYTES =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long LOWEST_BITS = 0x0101_0101_0101_0101L;
    private static final long HIGHEST_BITS = 0x8080_8080_8080_8080L;

    /** Returns a search for a character of ASCII. */
    static ByteSearch of(char wanted) {
        return of(wanted, wanted);
    }

    /** Returns a search for either of two characters of ASCII. */
    static ByteSearch of(char one, char other) {
        return new ByteSearch(one * LOWEST_BITS, other * LOWEST_BITS);
    }

    /** Returns where a wanted byte stands first in a range, or the end of the range when none does. */
    int next(byte[] bytes, int from, int end) {
        int index = from;
        for (; index <= end - Long.BYTES; index += Long.BYTES) {
            long found = candidates(bytes, index);
            if (found != 0) {
                return index + first(found);
            }
        }
        while (index < end && !isWanted(bytes[index])) {
            index++;
        }
        return index;
    }

    /** Tells whether a byte is wanted. */
    boolean isWanted(byte candidate) {
        return candidate == (byte) one || candidate == (byte) other;
    }

    /**
     * Looks at eight bytes.
     *
     * @return the wanted ones, each as one bit that {@link #first} makes a distance of; the first one is wanted, others may
     *     be there in vain, and none is missing
     */
    long candidates(byte[] bytes, int index) {
        long word = (long) EIGHT_BYTES.get(bytes, index);
        return zeroBytes(word ^ one) | zeroBytes(word ^ other);
    }

    /** Returns how many bytes lie before the first candidate. */
    static int first(long candidates) {
        return Long.numberOfTrailingZeros(candidates) / Byte.SIZE;
    }

    /** Returns a word in which a bit is set for each byte that is zero; a borrow may set one for a byte behind such a byte. */
    private static long zeroBytes(long word) {
        return (word - LOWEST_BITS) & ~word & HIGHEST_BITS;
    }
}
