package dev.paddock.domain.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.domain.error.CallCancelledException;
import dev.paddock.domain.error.ConnectionLostException;
import dev.paddock.domain.error.ErrorFacts;
import dev.paddock.domain.error.LlmException;
import dev.paddock.domain.error.MalformedResponseException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;

class ForwardingExchangeTest {

    private static final Frame DATA = Frame.data(new byte[] {1});
    private static final LlmException LOST = new ConnectionLostException("lost", ErrorFacts.NONE);
    private static final LlmException NONSENSE = new MalformedResponseException("nonsense", ErrorFacts.NONE);
    private static final ExchangeOutcome COMPLETE = new ExchangeOutcome.Complete();
    private static final ExchangeOutcome CANCELLED = new ExchangeOutcome.Cancelled();

    private final List<ExchangeOutcome> outcomes = new ArrayList<>();
    private final List<Frame> passed = new ArrayList<>();
    private final List<String> calls = new ArrayList<>();

    @Test
    void next_untilComplete_endsOnce() {
        Exchange exchange = forwarding(() -> DATA);

        assertThat(exchange.head().status()).isEqualTo(200);
        assertThat(exchange.next()).isSameAs(DATA);
        assertThat(outcomes).isEmpty();
        assertThat(exchange.next()).isNull();
        assertThat(exchange.next()).isNull();
        exchange.close();

        assertThat(outcomes).containsExactly(COMPLETE);
        assertThat(calls).containsExactly("close");
    }

    @Test
    void next_fails_endsWithThatFailure() {
        Exchange exchange = forwarding(failing(LOST), failing(LOST));

        assertThatThrownBy(exchange::next).isSameAs(LOST);
        assertThatThrownBy(exchange::next).isSameAs(LOST);
        exchange.close();

        assertThat(outcomes).containsExactly(new ExchangeOutcome.Failed(LOST));
    }

    @Test
    void next_callWasCancelled_isACancellation() {
        Exchange exchange = forwarding(failing(new CallCancelledException("cancelled", ErrorFacts.NONE)));

        assertThatThrownBy(exchange::next).isInstanceOf(CallCancelledException.class);

        assertThat(outcomes).containsExactly(CANCELLED);
    }

    @Test
    void close_beforeTheEnd_isACancellation() {
        Exchange exchange = forwarding(() -> DATA);

        exchange.next();
        exchange.close();
        exchange.close();

        assertThat(outcomes).containsExactly(CANCELLED);
        assertThat(calls).containsExactly("close", "close");
    }

    @Test
    void close_afterTheTerminalFrame_isComplete() {
        Exchange exchange = forwarding(() -> Frame.terminal(new byte[0]));

        exchange.next();
        exchange.close();

        assertThat(outcomes).containsExactly(COMPLETE);
    }

    @Test
    void reject_beforeTheEnd_failsWithTheReason() {
        Exchange exchange = forwarding(() -> DATA);

        exchange.reject(NONSENSE);
        exchange.close();

        assertThat(outcomes).containsExactly(new ExchangeOutcome.Failed(NONSENSE));
        assertThat(calls).containsExactly("reject nonsense", "close");
    }

    @Test
    void close_otherExchangeFails_endsAllTheSame() {
        calls.add("close fails");
        Exchange exchange = forwarding();

        assertThatThrownBy(exchange::close).isInstanceOf(IllegalStateException.class);

        assertThat(outcomes).containsExactly(CANCELLED);
    }

    @Test
    void forward_untilComplete_endsOnceAfterTheLastFrame() {
        Frame terminal = Frame.terminal(new byte[0]);
        Exchange exchange = forwarding(() -> DATA, () -> terminal);
        Sink sink = new Sink();

        exchange.forward(sink);
        exchange.close();

        assertThat(sink.frames).containsExactly(DATA, terminal);
        assertThat(passed).containsExactly(DATA, terminal);
        assertThat(sink.outcomes).as("outcomes when the last frame was handed over").isEmpty();
        assertThat(outcomes).containsExactly(COMPLETE);
        assertThat(sink.flushes).as("one before the first frame, which may take long, and one behind each").isEqualTo(3);
    }

    @Test
    void forward_fails_endsWithThatFailure() {
        Exchange exchange = forwarding(() -> DATA, failing(LOST));

        assertThatThrownBy(() -> exchange.forward(new Sink())).isSameAs(LOST);
        exchange.close();

        assertThat(outcomes).containsExactly(new ExchangeOutcome.Failed(LOST));
    }

    @Test
    void forward_sinkThrows_isACancellation() {
        Exchange exchange = forwarding(() -> DATA, () -> DATA);
        Sink sink = new Sink();
        sink.room = -1;

        assertThatThrownBy(() -> exchange.forward(sink)).isInstanceOf(IllegalStateException.class);
        assertThat(outcomes).isEmpty();
        exchange.close();

        assertThat(outcomes).containsExactly(CANCELLED);
    }

    @Test
    void forward_sinkThrowsAfterTheTerminalFrame_isComplete() {
        Exchange exchange = forwarding(() -> Frame.terminal(new byte[0]));
        Sink sink = new Sink();
        sink.room = -1;

        assertThatThrownBy(() -> exchange.forward(sink)).isInstanceOf(IllegalStateException.class);
        exchange.close();

        assertThat(outcomes).containsExactly(COMPLETE);
    }

    @Test
    void forward_sinkWithoutRoom_waitsForIt() throws Exception {
        Exchange exchange = forwarding(() -> DATA, () -> DATA, () -> DATA);
        Sink sink = new Sink();
        sink.room = 2;
        Thread thread = Thread.ofVirtual().start(() -> exchange.forward(sink));

        Runnable resume = sink.waiting.take();
        assertThat(sink.frames).hasSize(2);
        assertThat(thread.isAlive()).isTrue();
        sink.room = 10;
        thread.interrupt(); // does not end the wait
        resume.run();
        resume.run();
        thread.join();

        assertThat(sink.frames).hasSize(3);
        assertThat(outcomes).containsExactly(COMPLETE);
    }

    private static Step failing(LlmException failure) {
        return () -> {
            throw failure;
        };
    }

    private Exchange forwarding(Step... steps) {
        return new ForwardingExchange(new Scripted(List.of(steps))) {
            @Override
            protected void ended(ExchangeOutcome outcome) {
                outcomes.add(outcome);
            }

            @Override
            protected void passed(Frame frame) {
                passed.add(frame);
            }
        };
    }

    private final class Scripted implements Exchange {

        private final Queue<Step> steps;

        private Scripted(List<Step> steps) {
            this.steps = new ArrayDeque<>(steps);
        }

        @Override
        public ExchangeHead head() {
            return new ExchangeHead(
                    200, Headers.EMPTY, Framing.LINES, Provenance.of(new BackendId("http://a:1"), 1, false));
        }

        @Override
        public AnswerVerdict verdict() {
            return AnswerVerdict.OK;
        }

        @Override
        public Frame next() {
            Step step = steps.poll();
            return step == null ? null : step.get();
        }

        @Override
        public void reject(LlmException reason) {
            calls.add("reject " + reason.getMessage());
        }

        @Override
        public void close() {
            if (calls.contains("close fails")) {
                throw new IllegalStateException("a defect");
            }
            calls.add("close");
        }
    }

    private final class Sink implements FrameSink {

        private final List<Frame> frames = new ArrayList<>();
        private final BlockingQueue<Runnable> waiting = new LinkedBlockingQueue<>();
        private List<ExchangeOutcome> outcomes = List.of();
        private volatile int room = 100;
        private int flushes;

        @Override
        public boolean accept(Frame frame) {
            if (room < 0) {
                throw new IllegalStateException("the reader has left");
            }
            frames.add(frame);
            outcomes = List.copyOf(ForwardingExchangeTest.this.outcomes);
            return frames.size() < room;
        }

        @Override
        public void flush() {
            flushes++;
        }

        @Override
        public void whenReady(Runnable resume) {
            waiting.add(resume);
        }
    }

    private interface Step {

        Frame get();
    }
}
