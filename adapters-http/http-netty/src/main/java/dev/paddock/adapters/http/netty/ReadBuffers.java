package dev.paddock.adapters.http.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.DefaultMaxMessagesRecvByteBufAllocator;
import io.netty.channel.RecvByteBufAllocator;

/**
 * Gives each read of a connection a buffer of 16 KiB, which is released when its bytes were handed over: a connection without anything
 * to read holds none. Stateless.
 */
final class ReadBuffers extends DefaultMaxMessagesRecvByteBufAllocator {

    static final int SIZE = 16 * 1024;

    private final boolean direct;

    private ReadBuffers(boolean direct) {
        this.direct = direct;
    }

    /** Gives arrays: bytes of a body are then a part of an array, without a copy. */
    static ReadBuffers arrays() {
        return new ReadBuffers(false);
    }

    /** Gives memory outside the heap, which a native library needs. */
    static ReadBuffers direct() {
        return new ReadBuffers(true);
    }

    @Override
    @SuppressWarnings("deprecation") // Netty has no other name for it yet
    public RecvByteBufAllocator.Handle newHandle() {
        return new MaxMessageHandle() {
            @Override
            public ByteBuf allocate(ByteBufAllocator allocator) {
                return direct ? allocator.directBuffer(SIZE) : allocator.heapBuffer(SIZE);
            }

            @Override
            public int guess() {
                return SIZE;
            }
        };
    }
}
