package dev.paddock.adapters.http.server.engine;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/** A chunk of the chunked coding (RFC 9112, section 7.1): its size in hexadecimal, the bytes, and a line end behind each. */
final class Chunk {

    private static final int LINE_END = '\r' << 8 | '\n';
    private static final int LINE_END_LENGTH = 2;
    private static final int BITS_OF_DIGIT = 4;
    private static final String DIGITS = "0123456789abcdef";

    private Chunk() {}

    /** Returns a buffer with room for a chunk, which has its size already. */
    static ByteBuf begin(ByteBufAllocator allocator, int length) {
        int digits = Math.ceilDiv(Integer.SIZE - Integer.numberOfLeadingZeros(length), BITS_OF_DIGIT);
        ByteBuf chunk = allocator.directBuffer(digits + length + 2 * LINE_END_LENGTH);
        for (int shift = BITS_OF_DIGIT * (digits - 1); shift >= 0; shift -= BITS_OF_DIGIT) {
            chunk.writeByte(DIGITS.charAt(length >>> shift & 0xf));
        }
        return chunk.writeShort(LINE_END);
    }

    /** Completes a chunk behind its bytes. */
    static ByteBuf end(ByteBuf chunk) {
        return chunk.writeShort(LINE_END);
    }
}
