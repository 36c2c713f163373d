package dev.paddock.adapters.http.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import org.junit.jupiter.api.Test;

class ReadBuffersTest {

    @Test
    void allocate_behindAReadThatWasHandedOver_givesTheSameArray() {
        ByteBuf first = allocate();
        byte[] array = first.array();
        first.writeByte(1).release();

        ByteBuf second = allocate();

        assertThat(second.array()).isSameAs(array);
        assertThat(second.readableBytes()).isZero();
        second.release();
    }

    @Test
    void allocate_whileSomethingKeepsTheBytesOfAnEarlierRead_leavesThem() {
        ByteBuf kept = allocate().writeByte(1);

        ByteBuf next = allocate().writeByte(2);

        assertThat(kept.getByte(0)).isEqualTo((byte) 1);
        kept.release();
        next.release();
    }

    private static ByteBuf allocate() {
        return ReadBuffers.arrays().newHandle().allocate(UnpooledByteBufAllocator.DEFAULT);
    }
}
