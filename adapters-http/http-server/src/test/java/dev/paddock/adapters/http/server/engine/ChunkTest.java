package dev.paddock.adapters.http.server.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A chunk begins with its size in as few digits as it needs, and its buffer fits. */
class ChunkTest {

    @ParameterizedTest(name = "{0} bytes")
    @ValueSource(ints = {1, 9, 10, 15, 16, 255, 256, 4095, 4096, 65_535, 65_536, 1_048_576})
    void begin_anyLength_statesItInHexadecimal(int length) {
        String body = "x".repeat(length);
        ByteBuf chunk = Chunk.begin(UnpooledByteBufAllocator.DEFAULT, length);
        int capacity = chunk.capacity();
        ByteBuf complete = Chunk.end(chunk.writeBytes(body.getBytes(StandardCharsets.US_ASCII)));
        assertThat(complete.toString(StandardCharsets.US_ASCII))
                .isEqualTo(Integer.toHexString(length) + "\r\n" + body + "\r\n");
        assertThat(complete.writableBytes()).as("room left over").isZero();
        assertThat(complete.capacity()).as("it did not grow").isEqualTo(capacity);
        assertThat(complete.release()).isTrue();
    }
}
