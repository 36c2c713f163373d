package dev.paddock.adapters.http.server.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.HttpObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What waits for the thread of a connection is taken together, once, and in order. */
class WriteQueueTest {

    private final WriteQueue handedOver = new WriteQueue();
    private final List<HttpObject> heads = new ArrayList<>();
    private final List<String> taken = new ArrayList<>();

    @Test
    void add_tellsOnlyTheFirst_thatSomethingWaits() {
        assertThat(handedOver.add(null, bytes("a"), false)).isTrue();
        assertThat(handedOver.add(null, bytes("b"), false)).isFalse();
        take();
        assertThat(handedOver.add(null, bytes("c"), false)).isTrue();
    }

    @Test
    void add_drainedByItsCaller_leavesTheScheduleToOthers() {
        assertThat(handedOver.add(null, bytes("a"), true)).isFalse();
        assertThat(handedOver.add(null, bytes("b"), false)).isTrue();
        assertThat(handedOver.add(null, bytes("c"), true)).isFalse();
        take();
        take();
        assertThat(taken).containsExactly("abc");
    }

    @Test
    void take_severalPieces_joinsThemBehindTheHead() {
        HttpObject head = new DefaultHttpContent(Unpooled.EMPTY_BUFFER);
        handedOver.add(head, bytes("one "), false);
        handedOver.add(null, bytes("two "), false);
        handedOver.add(null, bytes("three"), false);
        assertThat(handedOver.bytes()).isEqualTo(13);
        take();
        assertThat(handedOver.bytes()).isZero();
        handedOver.add(null, bytes("four"), false);
        take();
        assertThat(taken).containsExactly("one two three", "four");
        assertThat(heads).containsExactly(head, null);
    }

    private void take() {
        handedOver.drainTo((head, joined) -> {
            heads.add(head);
            taken.add(new String(joined, StandardCharsets.US_ASCII));
        });
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
