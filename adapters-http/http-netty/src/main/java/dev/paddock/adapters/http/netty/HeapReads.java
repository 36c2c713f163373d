package dev.paddock.adapters.http.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.DefaultMaxMessagesRecvByteBufAllocator;
import io.netty.channel.RecvByteBufAllocator;

/**
 * Gives each read of a connection an array of 16 KiB, which is released when its bytes were handed over: a connection without anything
 * to read holds none. Bytes of a body are then a part of an array, without a copy. Stateless.
 */
final class HeapReads extends DefaultMaxMessagesRecvByteBufAllocator {

    static final int SIZE = 16 * 1024;

    @Override
    @SuppressWarnings("deprecation") // Netty has no other name for it yet
    public RecvByteBufAllocator.Handle newHandle() {
        return new MaxMessageHandle() {
            @Override
            public ByteBuf allocate(ByteBufAllocator allocator) {
                return allocator.heapBuffer(SIZE);
            }

            @Override
            public int guess() {
                return SIZE;
            }
        };
    }
}
