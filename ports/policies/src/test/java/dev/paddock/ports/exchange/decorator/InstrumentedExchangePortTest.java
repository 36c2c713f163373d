package dev.paddock.ports.exchange.decorator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import dev.paddock.domain.error.ConnectionLostException;
import dev.paddock.domain.error.ErrorFacts;
import dev.paddock.domain.error.LlmException;
import dev.paddock.domain.error.MalformedResponseException;
import dev.paddock.domain.error.PoolExhaustedException;
import dev.paddock.domain.error.TruncatedResponseException;
import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.exchange.Exchange;
import dev.paddock.domain.exchange.ExchangeRequest;
import dev.paddock.domain.exchange.Frame;
import dev.paddock.domain.exchange.Framing;
import dev.paddock.domain.exchange.Operation;
import dev.paddock.domain.metrics.CallMetrics;
import dev.paddock.ports.exchange.ExchangePort;
import dev.paddock.ports.exchange.decorator.ScriptedExchange.Step;
import dev.paddock.testsupport.ManualTicker;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InstrumentedExchangePortTest {

    private static final ExchangeRequest CHAT = ExchangeRequest.post(Operation.CHAT, "/api/chat", new byte[] {1});
    private static final LlmException LOST = new ConnectionLostException("lost", ErrorFacts.NONE);

    private final RecordingMetrics metrics = new RecordingMetrics();
    private final ManualTicker ticker = new ManualTicker();

    @Test
    void open_always_passesRequestAndContextOnUnchanged() {
        CallContext context = CallContext.create();
        ExchangePort port = instrumented((request, given) -> {
            assertThat(request).isSameAs(CHAT);
            assertThat(given).isSameAs(context);
            return new ScriptedExchange(201, List.of());
        });

        try (Exchange exchange = port.open(CHAT, context)) {
            assertThat(exchange.head().status()).isEqualTo(201);
            assertThat(inFlight()).isEqualTo(1);
        }
    }

    @Test
    void next_untilComplete_isOneOkWithBothTimes() {
        Frame first = Frame.data(new byte[] {1});
        try (Exchange exchange = opened(200, after(30, first), after(500, Frame.terminal(new byte[] {2})))) {
            assertThat(exchange.next()).isSameAs(first);
            assertThat(exchange.next()).isNotNull();
            assertThat(exchange.next()).isNull();
            assertThat(exchange.next()).isNull();
            assertThat(inFlight()).isZero();
            ticker.advance(Duration.ofMinutes(1));
        }

        assertThat(metrics.counts()).containsExactly(entry(CallMetrics.REQUESTS.with("chat", "ok"), List.of(1L)));
        assertThat(metrics.durations(CallMetrics.TIME_TO_FIRST_CHUNK.with("chat")))
                .containsExactly(Duration.ofMillis(30));
        assertThat(metrics.durations(CallMetrics.DURATION.with("chat"))).containsExactly(Duration.ofMillis(530));
    }

    @Test
    void next_completeWithoutAFrame_hasNoTimeToFirstChunk() {
        try (Exchange exchange = opened(204)) {
            assertThat(exchange.next()).isNull();
        }

        assertThat(metrics.numberOfDurations(CallMetrics.TIME_TO_FIRST_CHUNK)).isZero();
        assertThat(metrics.numberOfDurations(CallMetrics.DURATION)).isEqualTo(1);
        assertOnlyOutcome("ok");
    }

    @Test
    void next_fails_countsTheKindOnceHoweverOftenItIsAskedAgain() {
        LlmException failure = new TruncatedResponseException("cut", ErrorFacts.NONE);
        try (Exchange exchange = opened(200, after(1, Frame.data(new byte[0])), failing(failure), failing(failure))) {
            assertThat(exchange.next()).isNotNull();
            assertThatThrownBy(exchange::next).isSameAs(failure);
            assertThatThrownBy(exchange::next).isSameAs(failure);
        }

        assertOnlyFailure("truncated_response");
        assertThat(metrics.durations(CallMetrics.DURATION.with("chat"))).containsExactly(Duration.ofMillis(1));
    }

    @Test
    void next_failsWithADefect_isNoOutcomeAndNotInFlight() {
        Error defect = new AssertionError("a defect of ours");
        try (Exchange exchange = opened(200, () -> {
            throw defect;
        })) {
            assertThatThrownBy(exchange::next).isSameAs(defect);
            assertThat(inFlight()).isZero();
        }

        assertThat(metrics.counts()).isEmpty();
        assertThat(metrics.numberOfDurations(CallMetrics.DURATION)).isZero();
        assertThat(inFlight()).isZero();
    }

    @Test
    void open_fails_countsTheKind() {
        LlmException failure = new PoolExhaustedException(20, ErrorFacts.NONE);
        ExchangePort port = instrumented((request, context) -> {
            ticker.advance(Duration.ofMillis(5));
            throw failure;
        });

        assertThatThrownBy(() -> port.open(CHAT, CallContext.create())).isSameAs(failure);

        assertOnlyFailure("pool_exhausted");
        assertThat(metrics.durations(CallMetrics.DURATION.with("chat"))).containsExactly(Duration.ofMillis(5));
        assertThat(inFlight()).isZero();
    }

    @Test
    void open_failsWithADefect_isNoOutcomeAndNotInFlight() {
        RuntimeException defect = new IllegalStateException("a defect of ours");
        ExchangePort port = instrumented((request, context) -> {
            throw defect;
        });

        assertThatThrownBy(() -> port.open(CHAT, CallContext.create())).isSameAs(defect);

        assertThat(metrics.counts()).isEmpty();
        assertThat(inFlight()).isZero();
    }

    @Test
    void close_beforeTheEnd_isACancellation() {
        ScriptedExchange scripted = new ScriptedExchange(200, List.of(after(10, Frame.data(new byte[0]))));
        Exchange exchange = instrumented((request, context) -> scripted).open(CHAT, CallContext.create());
        exchange.next();
        ticker.advance(Duration.ofMillis(40));
        exchange.close();
        exchange.close();

        assertOnlyFailure("cancelled");
        assertThat(metrics.durations(CallMetrics.DURATION.with("chat"))).containsExactly(Duration.ofMillis(50));
        assertThat(inFlight()).isZero();
        assertThat(scripted.timesClosed()).isEqualTo(2);
    }

    @Test
    void close_afterTheTerminalFrame_isNoCancellation() {
        try (Exchange exchange = opened(200, after(1, Frame.terminal(new byte[0])))) {
            assertThat(exchange.next().isTerminal()).isTrue();
        }

        assertOnlyOutcome("ok");
    }

    @Test
    void close_documentWasRead_isOkAtTheTimeOfItsEnd() {
        Exchange exchange = document(200, after(30, Frame.data(new byte[] {1})));
        exchange.next();
        assertThat(exchange.next()).isNull();
        assertThat(inFlight()).isZero();
        ticker.advance(Duration.ofMinutes(1));
        assertThat(exchange.next()).isNull();
        assertThat(metrics.counts()).as("not understood yet").isEmpty();

        exchange.close();
        exchange.close();

        assertOnlyOutcome("ok");
        assertThat(metrics.durations(CallMetrics.DURATION.with("chat"))).containsExactly(Duration.ofMillis(30));
        assertThat(inFlight()).isZero();
    }

    @Test
    void reject_documentWasRead_isWhatItsReaderSays() {
        ScriptedExchange scripted =
                new ScriptedExchange(200, Framing.DOCUMENT, List.of(after(30, Frame.data(new byte[] {1}))));
        Exchange exchange = instrumented((request, context) -> scripted).open(CHAT, CallContext.create());
        exchange.next();
        exchange.next();

        exchange.reject(new MalformedResponseException("nonsense", ErrorFacts.NONE));
        exchange.close();

        assertOnlyFailure("malformed_response");
        assertThat(metrics.durations(CallMetrics.DURATION.with("chat"))).containsExactly(Duration.ofMillis(30));
        assertThat(inFlight()).isZero();
        assertThat(scripted.timesClosed()).isEqualTo(2);
    }

    @Test
    void reject_beforeTheEnd_isWhatItsReaderSaysAndNoCancellation() {
        Exchange exchange = opened(200, after(1, Frame.data(new byte[0])));
        exchange.next();

        exchange.reject(new MalformedResponseException("nonsense", ErrorFacts.NONE));
        exchange.close();

        assertOnlyFailure("malformed_response");
        assertThat(inFlight()).isZero();
    }

    @Test
    void reject_afterAFailure_isThatFailure() {
        try (Exchange exchange = document(200, failing(LOST))) {
            assertThatThrownBy(exchange::next).isSameAs(LOST);

            exchange.reject(new MalformedResponseException("nonsense", ErrorFacts.NONE));
        }

        assertOnlyFailure("connection_lost");
    }

    @Test
    void next_documentOfARefusalIsComplete_isCountedAtOnce() {
        Exchange exchange = document(503, after(1, Frame.data(new byte[0])));
        exchange.next();
        exchange.next();

        assertOnlyFailure("server_busy");
    }

    @Test
    void close_refusalNotReadToItsEnd_isThatRefusal() {
        try (Exchange exchange = opened(503, after(1, Frame.data(new byte[0])), after(1, Frame.data(new byte[0])))) {
            assertThat(exchange.next()).isNotNull();
        }

        assertOnlyFailure("server_busy");
    }

    @Test
    void next_failsAfterTheTerminalFrame_isThatFailure() {
        try (Exchange exchange = opened(200, after(1, Frame.terminal(new byte[0])), failing(LOST))) {
            exchange.next();
            assertThatThrownBy(exchange::next).isSameAs(LOST);
        }

        assertOnlyFailure("connection_lost");
    }

    @ParameterizedTest
    @CsvSource({
        "400, invalid_request", "401, authentication", "403, authentication", "404, not_found",
        "413, invalid_request", "429, rate_limited", "500, server_failed", "502, server_failed", "503, server_busy",
        "504, server_failed"
    })
    void next_completeWithAnErrorStatus_countsWhatTheStatusMeans(int status, String kind) {
        try (Exchange exchange = opened(status, after(2, Frame.data(new byte[0])))) {
            assertThat(exchange.next()).isNotNull();
            assertThat(exchange.next()).isNull();
        }

        assertOnlyFailure(kind);
        assertThat(metrics.numberOfDurations(CallMetrics.TIME_TO_FIRST_CHUNK))
                .as("a refusal has no first token")
                .isZero();
    }

    @Test
    void inFlight_severalCalls_countsThoseUnderWay() {
        ExchangePort port = instrumented((request, context) -> new ScriptedExchange(200, List.of()));
        Exchange first = port.open(CHAT, CallContext.create());
        Exchange second = port.open(CHAT, CallContext.create());
        assertThat(inFlight()).isEqualTo(2);

        first.next();
        assertThat(inFlight()).isEqualTo(1);
        first.close();
        assertThat(inFlight()).isEqualTo(1);
        second.close();
        assertThat(inFlight()).isZero();
    }

    @Test
    void inFlight_severalPortsMeasureIntoOne_addUp() {
        ExchangePort one = instrumented((request, context) -> new ScriptedExchange(200, List.of()));
        ExchangePort other = instrumented((request, context) -> new ScriptedExchange(200, List.of()));
        assertThat(inFlight()).isZero();

        Exchange first = one.open(CHAT, CallContext.create());
        Exchange second = other.open(CHAT, CallContext.create());
        assertThat(inFlight()).isEqualTo(2);

        first.close();
        second.close();
        assertThat(inFlight()).isZero();
    }

    @Test
    void new_withoutAPart_namesIt() {
        assertThatNullPointerException()
                .isThrownBy(() -> new InstrumentedExchangePort(null, metrics, ticker::nanos))
                .withMessage("delegate");
    }

    private void assertOnlyOutcome(String outcome) {
        assertThat(metrics.counts()).containsExactly(entry(CallMetrics.REQUESTS.with("chat", outcome), List.of(1L)));
    }

    private void assertOnlyFailure(String kind) {
        assertThat(metrics.counts()).containsOnly(
                entry(CallMetrics.REQUESTS.with("chat", kind), List.of(1L)),
                entry(CallMetrics.ERRORS.with("chat", kind), List.of(1L)));
    }

    private long inFlight() {
        return metrics.level(CallMetrics.IN_FLIGHT.with());
    }

    private ExchangePort instrumented(ExchangePort port) {
        return new InstrumentedExchangePort(port, metrics, ticker::nanos);
    }

    private Exchange opened(int status, Step... steps) {
        return instrumented((request, context) -> new ScriptedExchange(status, List.of(steps)))
                .open(CHAT, CallContext.create());
    }

    private Exchange document(int status, Step... steps) {
        return instrumented((request, context) -> new ScriptedExchange(status, Framing.DOCUMENT, List.of(steps)))
                .open(CHAT, CallContext.create());
    }

    private Step after(long millis, Frame frame) {
        return () -> {
            ticker.advance(Duration.ofMillis(millis));
            return frame;
        };
    }

    private static Step failing(LlmException failure) {
        return () -> {
            throw failure;
        };
    }
}
