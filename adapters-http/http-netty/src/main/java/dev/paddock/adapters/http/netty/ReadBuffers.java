package dev.paddock.adapters.http.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.DefaultMaxMessagesRecvByteBufAllocator;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.util.concurrent.FastThreadLocal;

/**
 * Gives each read of a connection a buffer of 16 KiB, which is released when its bytes were handed over: a connection without anything
 * to read holds none. Thread-safe.
 */
final class ReadBuffers extends DefaultMaxMessagesRecvByteBufAllocator {

    static final int SIZE = 16 * 1024;

    /** The array of a thread, which all its connections are read into, one after the other: it is in the processor's cache. */
    private static final FastThreadLocal<ByteBuf> ARRAY = new FastThreadLocal<>() {
        @Override
        protected ByteBuf initialValue() {
            return Unpooled.buffer(SIZE, SIZE);
        }
    };

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
                return direct ? allocator.directBuffer(SIZE) : array(allocator);
            }

            @Override
            public int guess() {
                return SIZE;
            }
        };
    }

    /** Returns the array of this thread, unless something keeps the bytes of an earlier read, as TLS does with half a record. */
    private static ByteBuf array(ByteBufAllocator allocator) {
        ByteBuf array = ARRAY.get();
        return array.refCnt() == 1 ? array.clear().retain() : allocator.heapBuffer(SIZE);
    }
}
