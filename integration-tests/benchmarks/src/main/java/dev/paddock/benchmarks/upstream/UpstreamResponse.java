package dev.paddock.benchmarks.upstream;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * The bytes of a whole response.
 *
 * @param pieces each is written on its own, a millisecond after the one before
 */
record UpstreamResponse(List<ByteBuffer> pieces) {

    UpstreamResponse {
        pieces = List.copyOf(pieces);
    }

    static UpstreamResponse atOnce(byte[] bytes) {
        return new UpstreamResponse(List.of(direct(bytes)));
    }

    /** Memory outside the heap, which the system writes from without another copy. */
    static ByteBuffer direct(byte[] bytes) {
        return ByteBuffer.allocateDirect(bytes.length).put(bytes).flip().asReadOnlyBuffer();
    }
}
