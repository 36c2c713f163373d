package dev.paddock.adapters.http.answercache;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.domain.error.CallCancelledException;
import dev.paddock.domain.exchange.AnswerVerdict;
import dev.paddock.domain.exchange.BackendId;
import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.exchange.ExchangeHead;
import dev.paddock.domain.exchange.Frame;
import dev.paddock.domain.exchange.FrameSink;
import dev.paddock.domain.exchange.Framing;
import dev.paddock.domain.exchange.Headers;
import dev.paddock.domain.exchange.Provenance;
import dev.paddock.testsupport.Parallel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How an answer in memory is handed over. */
class MemoryExchangeTest {

    private final CallContext context = CallContext.create();
    private final List<String> log = new ArrayList<>();

    /** A sink that sends what it has collected with each flush needs one write for a small answer, not one for each frame. */
    @Test
    void forward_sinkHasRoom_isFlushedOnceAfterTheLastFrame() {
        exchange("a", "b", "c").forward(new LoggingSink(100));

        assertThat(log).containsExactly("a", "b", "c", "flush");
    }

    @Test
    void forward_sinkIsFull_isFlushedAndAwaitedBeforeTheNextFrame() {
        Parallel.run(1, number -> {
            exchange("a", "b", "c").forward(new LoggingSink(2));
            return number;
        });

        assertThat(log).containsExactly("a", "b", "flush", "wait", "c", "flush");
    }

    /** The sink of an event loop has room only when the loop goes on. */
    @Test
    void forward_sinkIsFullAndTheThreadMayNotWait_handsOverAShortAnswerAllTheSame() {
        exchange("a", "b", "c").forward(new LoggingSink(2));

        assertThat(log).containsExactly("a", "b", "c", "flush");
    }

    @Test
    void forward_someFramesWerePulled_handsOverTheOthers() {
        MemoryExchange exchange = exchange("a", "b", "c");
        assertThat(exchange.next()).isNotNull();
        exchange.forward(new LoggingSink(100));

        assertThat(log).containsExactly("b", "c", "flush");
    }

    @Test
    void forward_callIsCancelled_endsAsCancelled() {
        MemoryExchange exchange = exchange("a", "b");
        context.cancellation().cancel();

        assertThatThrownBy(() -> exchange.forward(new LoggingSink(100))).isInstanceOf(CallCancelledException.class);
        assertThat(log).isEmpty();
    }

    private MemoryExchange exchange(String... frames) {
        ExchangeHead head = new ExchangeHead(
                200, Headers.EMPTY, Framing.LINES, Provenance.of(new BackendId("http://127.0.0.1:1"), 0, false));
        return new MemoryExchange(
                head, List.of(frames).stream().map(text -> Frame.data(text.getBytes(UTF_8))).toList(), AnswerVerdict.OK, context);
    }

    /** Notes what it is told; after a number of frames it is full once. */
    private final class LoggingSink implements FrameSink {

        private int room;

        LoggingSink(int room) {
            this.room = room;
        }

        @Override
        public boolean accept(Frame frame) {
            log.add(new String(frame.bytes(), UTF_8));
            return --room != 0;
        }

        @Override
        public void flush() {
            log.add("flush");
        }

        @Override
        public void whenReady(Runnable resume) {
            log.add("wait");
            resume.run();
        }
    }
}
