package dev.paddock.adapters.http.server;

import io.netty.buffer.ByteBuf;

/**
 * Looks at the line before a chunk after the decoder has taken it: the decoder skips white space around the size and
 * ignores what follows it (RFC 9112, section 7.1).
 */
final class ChunkLine {

    private static final int LONGEST_SIZE = 16;
    private static final int LONGEST_LINE = 256;

    private ChunkLine() {}

    /**
     * Checks a line.
     *
     * @param from the index of its first byte
     * @param end the index of its line feed
     * @return whether this is the last chunk, whose size is zero
     */
    static boolean isLast(ByteBuf buffer, int from, int end) {
        refuseUnless(end - from <= LONGEST_LINE, "a chunk extension is too long");
        refuseUnless(end > from && buffer.getByte(end - 1) == '\r', "a line feed stands alone");
        int lineEnd = end - 1;
        int at = from;
        boolean zero = true;
        while (at < lineEnd && Octets.isHexDigit(Byte.toUnsignedInt(buffer.getByte(at)))) {
            zero &= buffer.getByte(at) == '0';
            at++;
        }
        refuseUnless(at > from && at - from <= LONGEST_SIZE, "the size of a chunk is no hexadecimal number");
        refuseUnless(at == lineEnd || buffer.getByte(at) == ';',
                "the size of a chunk is not followed by the end of its line");
        for (; at < lineEnd; at++) {
            int octet = Byte.toUnsignedInt(buffer.getByte(at));
            refuseUnless(Octets.isFieldCharacter(octet), "a chunk extension holds a control character");
        }
        return zero;
    }

    private static void refuseUnless(boolean correct, String reason) {
        if (!correct) {
            throw RefusedRequestException.badRequest(reason);
        }
    }
}
