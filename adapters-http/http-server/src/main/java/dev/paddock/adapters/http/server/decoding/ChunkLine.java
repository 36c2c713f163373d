package dev.paddock.adapters.http.server.decoding;

import static dev.paddock.adapters.http.server.decoding.RefusedRequestException.badRequestUnless;

import io.netty.buffer.ByteBuf;
import java.util.HexFormat;

/**
 * Checks the line before a chunk after Netty's decoder has consumed it. The decoder skips white space around the size and ignores
 * the chunk extension (RFC 9112, section 7.1).
 */
final class ChunkLine {

    private static final int MAX_SIZE_DIGITS = 16;
    private static final int MAX_LINE_LENGTH = 256;

    private ChunkLine() {}

    /**
     * Checks a line.
     *
     * @param from the index of its first byte
     * @param end the index of its line feed
     * @return whether this is the last chunk, whose size is zero
     */
    static boolean isLast(ByteBuf buffer, int from, int end) {
        badRequestUnless(end - from <= MAX_LINE_LENGTH, "a chunk extension is too long");
        badRequestUnless(end > from && buffer.getByte(end - 1) == '\r', "a line feed stands alone");
        int lineEnd = end - 1;
        int at = from;
        boolean zero = true;
        while (at < lineEnd && HexFormat.isHexDigit(buffer.getByte(at))) {
            zero &= buffer.getByte(at) == '0';
            at++;
        }
        badRequestUnless(at > from && at - from <= MAX_SIZE_DIGITS, "the size of a chunk is no hexadecimal number");
        badRequestUnless(at == lineEnd || buffer.getByte(at) == ';',
                "the size of a chunk is not followed by the end of its line");
        for (; at < lineEnd; at++) {
            int octet = Byte.toUnsignedInt(buffer.getByte(at));
            badRequestUnless(Octets.isFieldCharacter(octet), "a chunk extension holds a control character");
        }
        return zero;
    }
}
