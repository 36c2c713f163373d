package dev.paddock.adapters.http.resilience;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.paddock.domain.error.CallCancelledException;
import dev.paddock.domain.error.ConnectionLostException;
import dev.paddock.domain.error.LlmException;
import dev.paddock.domain.exchange.Exchange;
import dev.paddock.domain.exchange.Frame;
import dev.paddock.domain.exchange.Headers;
import dev.paddock.domain.exchange.Operation;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the caller gets of an answer of which something was read ahead: all of it, untouched. */
class ReadAheadTest {

    private final ResilienceFixture fixture = ResilienceFixture.withRulesOnly();

    @Test
    void open_stream_handsOutTheFrameReadAheadFirst() {
        fixture.backend.then(() -> ScriptedExchange.stream("a", "b", "c"));

        assertThat(ResilienceFixture.readAll(fixture.open(Operation.CHAT))).containsExactly("a", "b", "c");
    }

    @Test
    void open_streamBreaksAfterFirstFrame_isNeverRepeated() {
        fixture.backend.then(() -> ScriptedExchange.brokenStream(Failures.BODY_RESET.get(), "a"));
        Exchange exchange = fixture.open(Operation.LIST_MODELS);

        assertThat(exchange.next()).isNotNull();
        assertThatThrownBy(exchange::next).isInstanceOf(ConnectionLostException.class);
        assertThatThrownBy(exchange::next).isInstanceOf(ConnectionLostException.class);

        assertThat(fixture.backend.attempts()).isEqualTo(1);
        assertThat(fixture.metrics.decisions()).isEmpty();
    }

    @Test
    void next_answerOfThirdAttemptBreaks_tellsAllAttempts() {
        fixture
                .backend
                .thenFail(Failures.REFUSED)
                .thenFail(Failures.REFUSED)
                .then(() -> ScriptedExchange.brokenStream(Failures.BODY_RESET.get(), "a"));
        Exchange exchange = fixture.open(Operation.CHAT);

        assertThat(exchange.head().provenance().attempts()).isEqualTo(3);
        exchange.next();
        LlmException broken = catchThrowableOfType(LlmException.class, exchange::next);

        assertThat(broken.facts().attempts()).isEqualTo(3);
        assertThat(broken.facts().elapsed()).hasMillis(900);
    }

    @Test
    void open_refusalIsFinal_isReplayedByteForByte() {
        String[] parts = {"{\"error\":", "\"\u00fcber\u0000\r\n", "\"}"};
        fixture.backend.forever(
                () -> ScriptedExchange.document(500, Headers.of("X-Trace", "7"), parts));

        Exchange exchange = fixture.open(Operation.CHAT);

        assertThat(exchange.head().status()).isEqualTo(500);
        assertThat(exchange.head().headers().first("x-trace")).isEqualTo("7");
        assertThat(ResilienceFixture.readAll(exchange)).containsExactly(parts);
    }

    @Test
    void open_refusalIsLongerThanWhatIsRead_isReplayedWhole() {
        List<String> parts = new ArrayList<>();
        for (int part = 0; part < 40; part++) {
            parts.add(String.valueOf((char) ('a' + part % 26)).repeat(5_000));
        }
        List<ScriptedExchange> answers = new ArrayList<>();
        fixture.backend.forever(() -> {
            answers.add(ScriptedExchange.document(502, Headers.EMPTY, parts.toArray(String[]::new)));
            return answers.getLast();
        });

        assertThat(ResilienceFixture.readAll(fixture.open(Operation.CHAT))).isEqualTo(parts);

        assertThat(answers).hasSize(4);
        assertThat(answers.subList(0, 3)).allMatch(ScriptedExchange::isCancelled);
        assertThat(answers.getLast().isComplete()).isTrue();
    }

    @Test
    void open_refusalIsAbandoned_isReadToItsEndSoThatItsConnectionIsUsedAgain() {
        ScriptedExchange refusal = ScriptedExchange.document(503, Headers.EMPTY, "bu", "sy");
        fixture.backend.then(() -> refusal);

        fixture.open(Operation.CHAT).close();

        assertThat(refusal.isComplete()).isTrue();
    }

    @Test
    void open_refusalBreaks_givesItsPartAndThenTheFailure() {
        fixture.backend.forever(
                () -> ScriptedExchange.brokenDocument(503, Failures.BODY_RESET.get(), "bu"));

        Exchange exchange = fixture.open(Operation.CHAT);

        assertThat(exchange.head().status()).isEqualTo(503);
        Frame part = exchange.next();
        assertThat(part).isNotNull();
        assertThat(new String(part.bytes(), UTF_8)).isEqualTo("bu");
        assertThatThrownBy(exchange::next).isInstanceOf(ConnectionLostException.class);
        assertThatThrownBy(exchange::next).isInstanceOf(ConnectionLostException.class);
    }

    @Test
    void forward_answersReadAhead_handsThemOverFirst() {
        String[] parts = {"{\"error\":", "\"x\"}"};
        fixture.backend
                .then(() -> ScriptedExchange.stream("a", "b", "c"))
                .then(() -> ScriptedExchange.document(404, Headers.EMPTY, parts));

        assertThat(ResilienceFixture.forwardAll(fixture.open(Operation.CHAT))).containsExactly("a", "b", "c");
        assertThat(ResilienceFixture.forwardAll(fixture.open(Operation.CHAT))).containsExactly(parts);
    }

    @Test
    void forward_refusalBreaks_givesItsPartAndThenTheFailure() {
        fixture.backend.forever(() -> ScriptedExchange.brokenDocument(503, Failures.BODY_RESET.get(), "bu"));
        List<String> handedOver = new ArrayList<>();

        Exchange exchange = fixture.open(Operation.CHAT);

        assertThatThrownBy(() -> ResilienceFixture.forward(exchange, handedOver)).isInstanceOf(ConnectionLostException.class);
        assertThat(handedOver).containsExactly("bu");
    }

    @Test
    void forward_answerOfThirdAttemptBreaks_tellsAllAttempts() {
        fixture.backend
                .thenFail(Failures.REFUSED)
                .thenFail(Failures.REFUSED)
                .then(() -> ScriptedExchange.brokenStream(Failures.BODY_RESET.get(), "a", "b"));
        Exchange exchange = fixture.open(Operation.CHAT);

        LlmException broken = catchThrowableOfType(LlmException.class, () -> ResilienceFixture.forwardAll(exchange));

        assertThat(broken.facts().attempts()).isEqualTo(3);
        assertThatThrownBy(() -> ResilienceFixture.forwardAll(exchange)).isSameAs(broken);
        assertThatThrownBy(exchange::next).isSameAs(broken);
    }

    @Test
    void open_firstFrameFails_closesThatAnswer() {
        ScriptedExchange broken = ScriptedExchange.brokenStream(Failures.TRUNCATED.get());
        fixture.backend.then(() -> broken);

        fixture.open(Operation.EMBED).close();

        assertThat(broken.isOver()).isTrue();
        assertThat(fixture.backend.attempts()).isEqualTo(2);
    }

    @Test
    void close_beforeFrameReadAheadWasTaken_isACancellation() {
        fixture.backend.then(() -> ScriptedExchange.stream("a"));
        Exchange exchange = fixture.open(Operation.CHAT);

        exchange.close();

        assertThatThrownBy(exchange::next).isInstanceOf(CallCancelledException.class);
        assertThatThrownBy(exchange::next).isInstanceOf(CallCancelledException.class);
    }

    @Test
    void open_answerWithoutBody_isComplete() {
        fixture.backend.then(() -> ScriptedExchange.document(204, Headers.EMPTY));

        assertThat(ResilienceFixture.readAll(fixture.open(Operation.CHAT))).isEmpty();
    }
}
