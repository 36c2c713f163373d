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
    void schedule_somethingWaits_isTrueOnceUntilItIsTaken() {
        assertThat(handedOver.schedule()).as("of an empty queue").isFalse();
        handedOver.add(null, bytes("a"));
        assertThat(handedOver.schedule()).isTrue();
        handedOver.add(null, bytes("b"));
        assertThat(handedOver.schedule()).as("of a queue that is drained later").isFalse();
        take();
        assertThat(handedOver.schedule()).as("of a drained queue").isFalse();
        handedOver.add(null, bytes("c"));
        assertThat(handedOver.schedule()).isTrue();
        take();
        assertThat(taken).containsExactly("ab", "c");
    }

    @Test
    void take_severalPieces_joinsThemBehindTheHead() {
        HttpObject head = new DefaultHttpContent(Unpooled.EMPTY_BUFFER);
        handedOver.add(head, bytes("one "));
        handedOver.add(null, bytes("two "));
        handedOver.add(null, bytes("three"));
        assertThat(handedOver.bytes()).isEqualTo(13);
        take();
        assertThat(handedOver.bytes()).isZero();
        handedOver.add(null, bytes("four"));
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
