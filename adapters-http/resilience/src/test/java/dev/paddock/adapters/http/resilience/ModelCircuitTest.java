package dev.paddock.adapters.http.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.paddock.domain.error.CircuitOpenException;
import dev.paddock.domain.error.ErrorFacts;
import dev.paddock.domain.error.ErrorKind;
import dev.paddock.domain.error.LlmException;
import dev.paddock.domain.error.MalformedResponseException;
import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.exchange.Exchange;
import dev.paddock.domain.exchange.ExchangeRequest;
import dev.paddock.domain.exchange.Frame;
import dev.paddock.domain.exchange.Headers;
import dev.paddock.domain.exchange.Operation;
import dev.paddock.domain.metrics.ResilienceMetrics;
import dev.paddock.domain.resilience.Circuit;
import dev.paddock.domain.resilience.CircuitState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The circuit of a model opens for that model alone; the circuit of a server opens for all its models. */
class ModelCircuitTest {

    private static final String URL = ScriptedBackend.URL.toString();

    private final ResilienceFixture fixture = new ResilienceFixture(ResilienceSettings.DEFAULT
            .withRetry(ResilienceSettings.Retry.DEFAULT.withMaxRetries(0)));

    // Five answers of this kind about one model: what becomes of the model's circuit and of the server's?
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "500 | CHAT       | model runner has unexpectedly stopped | CLOSED | CLOSED",
        "500 | CHAT       | failed to decode the image            | CLOSED | CLOSED",
        "500 | CHAT       | option \"x\" must be of type array    | CLOSED | CLOSED",
        "502 | CHAT       | x                                     | OPEN   | CLOSED",
        "504 | GENERATE   | x                                     | OPEN   | CLOSED",
        "503 | CHAT       | server busy                           | CLOSED | CLOSED",
        "429 | CHAT       | x                                     | CLOSED | CLOSED",
        "404 | CHAT       | x                                     | CLOSED | CLOSED",
        "502 | CHAT       | {\"error\":\"cloud unreachable\"}       | CLOSED | CLOSED",
        "503 | EMBED      | <html>no server</html>                | OPEN   | CLOSED",
        "502 | SHOW_MODEL | x                                     | -      | CLOSED",
        "400 | EMBED      | model runner has unexpectedly stopped | CLOSED | CLOSED",
        "500 | SHOW_MODEL | x                                     | -      | CLOSED",
        "500 | PULL_MODEL | x                                     | -      | CLOSED",
    })
    void open_serverAnswersFiveTimes_countsByTheTable(
            int status, Operation operation, String body, String model, CircuitState server) {
        fixture.backend.forever(() -> ScriptedExchange.document(status, Headers.EMPTY, body));

        for (int call = 0; call < 5; call++) {
            ResilienceFixture.readAll(fixture.open(operation, "ill"));
        }

        assertThat(stateOf("ill")).isEqualTo(model);
        assertThat(server().state()).isEqualTo(server);
    }

    // The same for attempts without an answer.
    @ParameterizedTest
    @CsvSource({
        "REFUSED,             CHAT,       CLOSED, OPEN",
        "CERTIFICATE,         CHAT,       CLOSED, OPEN",
        "CONNECT_TIMEOUT,     CHAT,       CLOSED, OPEN",
        "TLS_TIMEOUT,         CHAT,       CLOSED, OPEN",
        "PARTLY_SENT,         CHAT,       CLOSED, OPEN",
        "RESET_WHILE_WAITING, CHAT,       CLOSED, OPEN",
        "SEND_TIMEOUT,        CHAT,       CLOSED, OPEN",
        "HEAD_TIMEOUT,        CHAT,       CLOSED, CLOSED",
        "HEAD_TIMEOUT,        SHOW_MODEL, -,      OPEN",
        "MALFORMED,           CHAT,       CLOSED, OPEN",
        "CANCELLED,           CHAT,       CLOSED, CLOSED",
        "DEADLINE,            CHAT,       CLOSED, CLOSED",
        "POOL_FULL,           CHAT,       CLOSED, CLOSED",
    })
    void open_attemptFailsFiveTimes_countsByTheTable(
            Failures failure, Operation operation, String model, CircuitState server) {
        fixture.backend.failForever(failure);

        for (int call = 0; call < 5; call++) {
            failing(operation, "ill");
        }

        assertThat(stateOf("ill")).isEqualTo(model);
        assertThat(server().state()).isEqualTo(server);
    }

    // The same for answers that begin well and break before their first frame.
    @ParameterizedTest
    @CsvSource({
        "TRUNCATED,        CHAT,       OPEN,   CLOSED",
        "ENDED_EARLY,      CHAT,       CLOSED, CLOSED",
        "FAILED_IN_ANSWER, CHAT,       CLOSED, CLOSED",
        "FAILED_IN_ANSWER, EMBED,      CLOSED, CLOSED",
        "FAILED_IN_ANSWER, PULL_MODEL, -,      CLOSED",
        "BODY_TIMEOUT,     CHAT,       OPEN,   CLOSED",
        "BODY_TIMEOUT,     SHOW_MODEL, -,      OPEN",
        "BODY_RESET,       CHAT,       CLOSED, OPEN",
        "MALFORMED_BODY,   CHAT,       CLOSED, CLOSED",
    })
    void open_answerBreaksFiveTimes_countsByTheTable(
            Failures failure, Operation operation, String model, CircuitState server) {
        fixture.backend.forever(() -> ScriptedExchange.brokenStream(failure.get()));

        for (int call = 0; call < 5; call++) {
            failing(operation, "ill");
        }

        assertThat(stateOf("ill")).isEqualTo(model);
        assertThat(server().state()).isEqualTo(server);
    }

    @Test
    void open_modelIsGivenARest_otherModelsAndOtherOperationsPass() {
        breakModel("ill");
        fixture.backend.forever(() -> ScriptedExchange.stream("a"));
        int before = fixture.backend.attempts();

        CircuitOpenException refused = catchThrowableOfType(
                CircuitOpenException.class, () -> fixture.open(Operation.CHAT, "ill"));

        assertThat(refused.kind()).isEqualTo(ErrorKind.CIRCUIT_OPEN);
        assertThat(refused).hasMessageContaining("'ill'").hasMessageContaining(URL);
        assertThat(refused.facts().retryAfter()).isEqualTo(Duration.ofSeconds(5));
        assertThat(refused.facts().attempts()).isZero();
        assertThat(fixture.backend.attempts()).isEqualTo(before);
        for (Operation other : List.of(Operation.SHOW_MODEL, Operation.PULL_MODEL, Operation.OTHER)) {
            fixture.open(other, "ill").close();
        }
        fixture.open(Operation.CHAT, "well").close();
        fixture.open(Operation.CHAT).close();
        assertThat(fixture.backend.attempts()).isEqualTo(before + 5);
    }

    @Test
    void open_modelIsGivenARest_isCountedWithoutItsName() {
        breakModel("ill");
        catchThrowableOfType(LlmException.class, () -> fixture.open(Operation.CHAT, "ill"));

        assertThat(fixture.metrics.gauge(ResilienceMetrics.MODEL_CIRCUITS_OPEN.with(URL))).isEqualTo(1);
        assertThat(fixture.metrics.gauge(ResilienceMetrics.CIRCUIT_STATE.with(URL))).isZero();
        assertThat(fixture.metrics.count(ResilienceMetrics.MODEL_CIRCUIT_TRANSITIONS.with(URL, "open")))
                .isEqualTo(1);
        assertThat(fixture.metrics.count(ResilienceMetrics.REFUSED.with(URL, "model_circuit_open")))
                .isEqualTo(1);
        assertThat(fixture.metrics.labels()).noneMatch(label -> label.contains("ill"));
    }

    @Test
    void open_restOfModelIsOver_passesOneProbeAtATimeAndCloses() {
        breakModel("ill");
        fixture.ticker.advance(Duration.ofSeconds(5));
        fixture.backend.forever(() -> ScriptedExchange.stream("a"));

        fixture.open(Operation.CHAT, "ill").close();
        assertThat(stateOf("ill")).isEqualTo("HALF_OPEN");
        fixture.open(Operation.CHAT, "ill").close();

        assertThat(stateOf("ill")).isEqualTo("CLOSED");
    }

    @Test
    void open_modelRefusesWhileServerIsTried_leavesTheProbeToTheNext() {
        breakModel("ill");
        fixture.ticker.advance(Duration.ofSeconds(5));
        failing(Operation.CHAT, "ill");
        failing(Operation.CHAT, "ill");
        assertThat(stateOf("ill")).isEqualTo("OPEN");
        fixture.backend.failForever(Failures.REFUSED);
        for (int call = 0; call < 5; call++) {
            failing(Operation.CHAT, "well");
        }
        assertThat(server().state()).isEqualTo(CircuitState.OPEN);
        fixture.ticker.advance(Duration.ofSeconds(5));

        fixture.backend.forever(() -> ScriptedExchange.stream("a"));
        for (int call = 0; call < 3; call++) {
            catchThrowableOfType(CircuitOpenException.class, () -> fixture.open(Operation.CHAT, "ill"));
        }
        fixture.open(Operation.CHAT, "well").close();
        fixture.open(Operation.CHAT, "well").close();

        assertThat(server().state()).isEqualTo(CircuitState.CLOSED);
        assertThat(fixture.backendRegistry.circuits()).allMatch(circuit -> circuit.callsAtOnce() == 0);
    }

    @Test
    void open_modelOpensDuringTheCallsAttempt_handsOnTheAnswer() {
        ResilienceFixture retrying = new ResilienceFixture(ResilienceSettings.DEFAULT);
        retrying.backend.failForever(Failures.BODY_TIMEOUT).then(() -> {
            retrying.backend.forever(() -> ScriptedExchange.brokenStream(Failures.BODY_TIMEOUT.get()));
            for (int other = 0; other < 5; other++) {
                catchThrowableOfType(LlmException.class, () -> retrying.open(Operation.CHAT, "ill"));
            }
            return ScriptedExchange.document(503, Headers.EMPTY, "server busy");
        });

        Exchange last = retrying.open(Operation.CHAT, "ill");

        assertThat(last.head().status()).isEqualTo(503);
        assertThat(last.head().provenance().attempts()).isEqualTo(1);
        assertThat(retrying.metrics.decisions()).containsEntry("circuit_open", 1L);
    }

    @Test
    void open_failuresWithoutModelName_countTogetherAndNotForTheServer() {
        fixture.backend.forever(() -> ScriptedExchange.document(502, Headers.EMPTY, "x"));
        for (int call = 0; call < 2; call++) {
            fixture.open(Operation.CHAT).close();
            fixture.open(Operation.EMBED, "x".repeat(513)).close();
        }
        assertThat(stateOf(ModelCircuits.UNNAMED)).as("not shown while it is closed").isEqualTo("-");
        fixture.open(Operation.GENERATE).close();

        assertThat(catchThrowableOfType(CircuitOpenException.class, () -> fixture.open(Operation.CHAT, ""))).isNotNull();
        assertThat(stateOf(ModelCircuits.UNNAMED)).isEqualTo("OPEN");
        assertThat(server().state()).isEqualTo(CircuitState.CLOSED);
        fixture.backend.forever(() -> ScriptedExchange.stream("a"));
        fixture.open(Operation.CHAT, "named").close();
        fixture.open(Operation.VERSION).close();
    }

    @Test
    void next_streamsOfOneModelEndEarly_openItsCircuitOnly() {
        fixture.backend.forever(() -> ScriptedExchange.brokenStream(Failures.TRUNCATED.get(), "a"));

        for (int stream = 0; stream < 5; stream++) {
            Exchange exchange = fixture.open(Operation.CHAT, "ill");
            Frame first = exchange.next();
            assertThat(first).isNotNull();
            catchThrowableOfType(LlmException.class, exchange::next);
        }

        assertThat(stateOf("ill")).isEqualTo("OPEN");
        assertThat(server().state()).isEqualTo(CircuitState.CLOSED);
    }

    @Test
    void reject_documentsOfOneModelMakeNoSense_openNoCircuit() {
        List<ScriptedExchange> answers = new ArrayList<>();
        fixture.backend.forever(() -> {
            answers.add(ScriptedExchange.document(200, Headers.EMPTY, "non", "sense"));
            return answers.getLast();
        });

        for (int call = 0; call < 5; call++) {
            Exchange exchange = fixture.open(Operation.CHAT, "ill");
            exchange.next();
            exchange.reject(new MalformedResponseException("nonsense", ErrorFacts.NONE));
            exchange.close();
        }

        assertThat(stateOf("ill")).isEqualTo("CLOSED");
        assertThat(server().state()).isEqualTo(CircuitState.CLOSED);
        assertThat(answers).allMatch(ScriptedExchange::isCancelled);
        assertThat(fixture.backendRegistry.circuits()).allMatch(circuit -> circuit.callsAtOnce() == 0);
    }

    @Test
    void reject_answerTookMoreThanOneAttempt_reachesTheServersAnswer() {
        ResilienceFixture retrying = new ResilienceFixture(ResilienceSettings.DEFAULT);
        ScriptedExchange answer = ScriptedExchange.stream("a", "b");
        retrying.backend.thenFail(Failures.REFUSED).then(() -> answer);
        Exchange exchange = retrying.open(Operation.CHAT, "m");

        exchange.reject(new MalformedResponseException("nonsense", ErrorFacts.NONE));

        assertThat(answer.isCancelled()).isTrue();
        assertThat(catchThrowableOfType(LlmException.class, exchange::next)).isNotNull();
    }

    @Test
    void circuits_callsUnderWay_areCountedForServerAndModel() {
        Exchange first = fixture.open(Operation.CHAT, "a");
        fixture.open(Operation.CHAT, "a");
        fixture.open(Operation.CHAT, "b");
        first.close();

        assertThat(fixture.backendRegistry.circuits())
                .extracting(Circuit::model, Circuit::callsAtOnce)
                .containsExactly(
                        tuple(null, 2),
                        tuple("a", 1),
                        tuple("b", 1));
        assertThat(fixture.backendRegistry.circuits()).extracting(Circuit::backend).containsOnly(URL);
    }

    private void breakModel(String model) {
        fixture.backend.forever(() -> ScriptedExchange.brokenStream(Failures.TRUNCATED.get()));
        for (int call = 0; call < 5; call++) {
            assertThat(stateOf(model)).isNotEqualTo("OPEN");
            failing(Operation.CHAT, model);
        }
        assertThat(stateOf(model)).isEqualTo("OPEN");
    }

    private void failing(Operation operation, String model) {
        ExchangeRequest request = ResilienceFixture.request(operation).withModel(model);
        assertThat(catchThrowableOfType(
                        LlmException.class, () -> fixture.port.open(request, CallContext.create())))
                .isNotNull();
    }

    private Circuit server() {
        return fixture.backendRegistry.circuits().getFirst();
    }

    private String stateOf(String model) {
        return fixture.backendRegistry.circuits().stream()
                .filter(circuit -> model.equals(circuit.model()))
                .map(circuit -> circuit.state().name())
                .findFirst()
                .orElse("-");
    }
}
