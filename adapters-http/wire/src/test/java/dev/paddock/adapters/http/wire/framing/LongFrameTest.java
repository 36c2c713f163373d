package dev.paddock.adapters.http.wire.framing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.paddock.domain.error.GenerationFailedException;
import dev.paddock.domain.exchange.Frame;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Frames with as many values as fit into one: a server must not be able to fill the heap of who reads them. */
class LongFrameTest {

    private static final int VALUES = 500_000;
    private static final String MANY = "[" + "{},".repeat(VALUES - 1) + "{}]";
    private static final int COPIES = 10; // of the bytes of a frame: texts, and what is left of them in one line

    private final CompletionTracker tracker = new CompletionTracker("the server");

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "{\"error\":%s}|FAILURE",
        "{\"error\":{\"details\":%s,\"message\":\"boom\"}}|FAILURE",
        "{\"a\":%s,\"detail\":\"b\"}|DATA",
        "{\"message\":\"a\",\"data\":%s}|DATA",
        "{\"choices\":%s,\"error\":null}|DATA",
        "{\"choices\":[{\"index\":0,\"logprobs\":%s}]}|DATA",
        "{\"delta\":{\"a\":%s}}|DATA"
    })
    void add_manyValues_allocatesNoMoreThanCopiesOfTheFrame(String form, FrameKind kind) {
        byte[] bytes = String.format(form, MANY).getBytes(UTF_8);
        Frame frame = Frame.data(bytes);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

        long before = threads.getCurrentThreadAllocatedBytes();
        FrameKind found = tracker.add(frame);
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;

        assertThat(found).isEqualTo(kind);
        assertThat(allocated).isLessThan((long) COPIES * bytes.length);
    }

    @Test
    void add_manyFields_keepsFewOfThem() {
        StringBuilder fields = new StringBuilder("{");
        for (int index = 0; index < VALUES; index++) {
            fields.append("\"f").append(index).append("\":1,");
        }
        byte[] bytes = fields.append("\"done\":true}").toString().getBytes(UTF_8);

        FrameMarkers markers = FrameMarkers.of(bytes, 0, bytes.length);

        assertThat(markers.isTerminal()).isTrue();
        assertThat(markers.hasError()).isFalse();
    }

    @Test
    void isComplete_reasonBehindManyProbabilities_isTrue() {
        tracker.add(frame("{\"choices\":[{\"index\":0,\"logprobs\":" + MANY + ",\"finish_reason\":\"stop\"}]}"));

        assertThat(tracker.isComplete()).isTrue();
    }

    @Test
    void failure_errorBehindAnotherLongField_hasItsText() {
        FrameKind kind = tracker.add(frame("{\"data\":" + MANY + ",\"error\":{\"message\":\"boom\",\"code\":503}}"));

        assertThat(kind).isEqualTo(FrameKind.FAILURE);
        assertThat(tracker.failure()).hasMessage("the server failed: boom");
        assertThat(((GenerationFailedException) tracker.failure()).report().status()).isEqualTo(503);
    }

    private static Frame frame(String content) {
        return Frame.data(content.getBytes(UTF_8));
    }
}
