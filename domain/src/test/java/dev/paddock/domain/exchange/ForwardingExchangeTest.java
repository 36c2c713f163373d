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
import org.junit.jupiter.api.Test;

class ForwardingExchangeTest {

    private static final Frame DATA = Frame.data(new byte[] {1});
    private static final LlmException LOST = new ConnectionLostException("lost", ErrorFacts.NONE);
    private static final LlmException NONSENSE = new MalformedResponseException("nonsense", ErrorFacts.NONE);
    private static final ExchangeOutcome COMPLETE = new ExchangeOutcome.Complete();
    private static final ExchangeOutcome CANCELLED = new ExchangeOutcome.Cancelled();

    private final List<ExchangeOutcome> outcomes = new ArrayList<>();
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

    private interface Step {

        Frame get();
    }
}
