package dev.paddock.adapters.http.server.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.adapters.http.server.ServerResponseHead;
import dev.paddock.adapters.http.server.engine.OutgoingHead.ResponseMode;
import dev.paddock.domain.exchange.Headers;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What waits for the thread of a connection is taken together, once, and in order. */
class WriteQueueTest {

    private final WriteQueue handedOver = new WriteQueue();
    private final List<OutgoingHead> heads = new ArrayList<>();
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
        OutgoingHead head = new OutgoingHead(
                new ServerResponseHead(200, Headers.EMPTY, ServerResponseHead.UNKNOWN), Headers.EMPTY, ResponseMode.LAST);
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
        ByteBuf joined = handedOver.drainTo((head, length) -> {
            heads.add(head);
            return Unpooled.buffer(length, length);
        });
        assertThat(joined).isNotNull();
        taken.add(joined.toString(StandardCharsets.US_ASCII));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
