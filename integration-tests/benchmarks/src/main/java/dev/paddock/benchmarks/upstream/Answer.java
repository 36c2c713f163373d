package dev.paddock.benchmarks.upstream;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * The bytes of a whole response.
 *
 * @param pieces each is written on its own, a millisecond after the one before
 */
record Answer(List<ByteBuffer> pieces) {

    Answer {
        pieces = List.copyOf(pieces);
    }

    static Answer atOnce(byte[] bytes) {
        return new Answer(List.of(direct(bytes)));
    }

    /** Memory outside the heap, which the system writes from without another copy. */
    static ByteBuffer direct(byte[] bytes) {
        return ByteBuffer.allocateDirect(bytes.length).put(bytes).flip().asReadOnlyBuffer();
    }
}
