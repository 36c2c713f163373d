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

    private final Surroundings surroundings = Surroundings.withRulesOnly();

    @Test
    void open_stream_handsOutTheFrameReadAheadFirst() {
        surroundings.backend.then(() -> ScriptedExchange.stream("a", "b", "c"));

        assertThat(Surroundings.readAll(surroundings.open(Operation.CHAT))).containsExactly("a", "b", "c");
    }

    @Test
    void open_streamBreaksAfterFirstFrame_isNeverRepeated() {
        surroundings.backend.then(() -> ScriptedExchange.brokenStream(Failures.BODY_RESET.get(), "a"));
        Exchange exchange = surroundings.open(Operation.LIST_MODELS);

        assertThat(exchange.next()).isNotNull();
        assertThatThrownBy(exchange::next).isInstanceOf(ConnectionLostException.class);
        assertThatThrownBy(exchange::next).isInstanceOf(ConnectionLostException.class);

        assertThat(surroundings.backend.attempts()).isEqualTo(1);
        assertThat(surroundings.metrics.decisions()).isEmpty();
    }

    @Test
    void next_answerOfThirdAttemptBreaks_tellsAllAttempts() {
        surroundings
                .backend
                .thenFail(Failures.REFUSED)
                .thenFail(Failures.REFUSED)
                .then(() -> ScriptedExchange.brokenStream(Failures.BODY_RESET.get(), "a"));
        Exchange exchange = surroundings.open(Operation.CHAT);

        assertThat(exchange.head().route().attempts()).isEqualTo(3);
        exchange.next();
        LlmException broken = catchThrowableOfType(LlmException.class, exchange::next);

        assertThat(broken.facts().attempts()).isEqualTo(3);
        assertThat(broken.facts().elapsed()).hasMillis(900);
    }

    @Test
    void open_refusalIsFinal_isReplayedByteForByte() {
        String[] parts = {"{\"error\":", "\"\u00fcber\u0000\r\n", "\"}"};
        surroundings.backend.forever(
                () -> ScriptedExchange.document(500, Headers.of("X-Trace", "7"), parts));

        Exchange exchange = surroundings.open(Operation.CHAT);

        assertThat(exchange.head().status()).isEqualTo(500);
        assertThat(exchange.head().headers().first("x-trace")).isEqualTo("7");
        assertThat(Surroundings.readAll(exchange)).containsExactly(parts);
    }

    @Test
    void open_refusalIsLongerThanWhatIsRead_isReplayedWhole() {
        List<String> parts = new ArrayList<>();
        for (int part = 0; part < 40; part++) {
            parts.add(String.valueOf((char) ('a' + part % 26)).repeat(5_000));
        }
        List<ScriptedExchange> answers = new ArrayList<>();
        surroundings.backend.forever(() -> {
            answers.add(ScriptedExchange.document(502, Headers.EMPTY, parts.toArray(String[]::new)));
            return answers.getLast();
        });

        assertThat(Surroundings.readAll(surroundings.open(Operation.CHAT))).isEqualTo(parts);

        assertThat(answers).hasSize(4);
        assertThat(answers.subList(0, 3)).allMatch(ScriptedExchange::isCancelled);
        assertThat(answers.getLast().isComplete()).isTrue();
    }

    @Test
    void open_refusalIsAbandoned_isReadToItsEndSoThatItsConnectionIsUsedAgain() {
        ScriptedExchange refusal = ScriptedExchange.document(503, Headers.EMPTY, "bu", "sy");
        surroundings.backend.then(() -> refusal);

        surroundings.open(Operation.CHAT).close();

        assertThat(refusal.isComplete()).isTrue();
    }

    @Test
    void open_refusalBreaks_givesItsPartAndThenTheFailure() {
        surroundings.backend.forever(
                () -> ScriptedExchange.brokenDocument(503, Failures.BODY_RESET.get(), "bu"));

        Exchange exchange = surroundings.open(Operation.CHAT);

        assertThat(exchange.head().status()).isEqualTo(503);
        Frame part = exchange.next();
        assertThat(part).isNotNull();
        assertThat(new String(part.bytes(), UTF_8)).isEqualTo("bu");
        assertThatThrownBy(exchange::next).isInstanceOf(ConnectionLostException.class);
        assertThatThrownBy(exchange::next).isInstanceOf(ConnectionLostException.class);
    }

    @Test
    void open_firstFrameFails_closesThatAnswer() {
        ScriptedExchange broken = ScriptedExchange.brokenStream(Failures.TRUNCATED.get());
        surroundings.backend.then(() -> broken);

        surroundings.open(Operation.EMBED).close();

        assertThat(broken.isOver()).isTrue();
        assertThat(surroundings.backend.attempts()).isEqualTo(2);
    }

    @Test
    void close_beforeFrameReadAheadWasTaken_isACancellation() {
        surroundings.backend.then(() -> ScriptedExchange.stream("a"));
        Exchange exchange = surroundings.open(Operation.CHAT);

        exchange.close();

        assertThatThrownBy(exchange::next).isInstanceOf(CallCancelledException.class);
        assertThatThrownBy(exchange::next).isInstanceOf(CallCancelledException.class);
    }

    @Test
    void open_answerWithoutBody_isComplete() {
        surroundings.backend.then(() -> ScriptedExchange.document(204, Headers.EMPTY));

        assertThat(Surroundings.readAll(surroundings.open(Operation.CHAT))).isEmpty();
    }
}
