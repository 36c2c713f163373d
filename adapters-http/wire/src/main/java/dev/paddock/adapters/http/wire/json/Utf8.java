package dev.paddock.adapters.http.wire.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;

/**
 * Applies one rule to bytes that are not UTF-8: each invalid sequence is read as the replacement character U+FFFD, as the encoding
 * standard of the WHATWG defines it. Model servers cut texts between tokens, and a token may end inside a character.
 */
public final class Utf8 {

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final long HIGH_BITS = 0x8080808080808080L;
    private static final int SCRATCH_CHARACTERS = 1024;

    private Utf8() {}

    /** Returns the bytes with U+FFFD in place of each sequence that is not UTF-8: the same array when all of it is. */
    static byte[] repaired(byte[] json) {
        return isBroken(json, 0, json.length) ? repaired(json, 0, json.length) : json;
    }

    /** Returns a copy of a range with U+FFFD in place of each sequence that is not UTF-8. */
    static byte[] repaired(byte[] json, int offset, int length) {
        return new String(json, offset, length, UTF_8).getBytes(UTF_8);
    }

    /** Returns whether a range is not UTF-8. The parser recognises JSON in UTF-16 or UTF-32 by itself, so that is not broken. */
    public static boolean isBroken(byte[] json, int offset, int length) {
        int ascii = skipAscii(json, offset, offset + length);
        return ascii < offset + length
                && !isOtherEncoding(json, offset, length)
                && !isValid(json, ascii, offset + length);
    }

    private static int skipAscii(byte[] bytes, int from, int end) {
        int index = from;
        while (index <= end - Long.BYTES && ((long) LONGS.get(bytes, index) & HIGH_BITS) == 0) {
            index += Long.BYTES;
        }
        while (index < end && bytes[index] >= 0) {
            index++;
        }
        return index;
    }

    /** JSON begins with ASCII, so a zero among its first two bytes, or a byte order mark of UTF-16, reveals the encoding. */
    private static boolean isOtherEncoding(byte[] json, int offset, int length) {
        if (length < 2) {
            return false;
        }
        int first = json[offset] & 0xff;
        int second = json[offset + 1] & 0xff;
        return first == 0 || second == 0 || (first == 0xfe && second == 0xff) || (first == 0xff && second == 0xfe);
    }

    private static boolean isValid(byte[] bytes, int from, int end) {
        CharsetDecoder decoder = UTF_8.newDecoder(); // reports errors unless told otherwise
        ByteBuffer input = ByteBuffer.wrap(bytes, from, end - from);
        CharBuffer scratch = CharBuffer.allocate(Math.min(SCRATCH_CHARACTERS, end - from + 1));
        CoderResult result = CoderResult.OVERFLOW;
        while (result.isOverflow()) {
            result = decoder.decode(input, scratch.clear(), true);
        }
        return result.isUnderflow();
    }
}
