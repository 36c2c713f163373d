package dev.paddock.adapters.http.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.paddock.domain.error.CircuitOpenException;
import dev.paddock.domain.error.ErrorKind;
import dev.paddock.domain.error.LlmException;
import dev.paddock.domain.error.ServerBusyException;
import dev.paddock.domain.exchange.BackendId;
import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.exchange.Exchange;
import dev.paddock.domain.exchange.Headers;
import dev.paddock.domain.exchange.Operation;
import dev.paddock.domain.metrics.Metric;
import dev.paddock.domain.metrics.ResilienceMetrics;
import dev.paddock.domain.resilience.Circuit;
import dev.paddock.domain.resilience.CircuitState;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What passes to the server, what that tells about its health, and what an operator sees of it. */
class AttemptExecutorTest {

    private static final String URL = ScriptedBackend.URL.toString();
    private static final Metric.Series STATE = ResilienceMetrics.CIRCUIT_STATE.with(URL);
    private static final Metric.Series CALLS = ResilienceMetrics.CALLS_AT_ONCE.with(URL);

    private final ResilienceFixture fixture = new ResilienceFixture(ResilienceSettings.DEFAULT
            .withRetry(ResilienceSettings.Retry.DEFAULT.withMaxRetries(0))
            .withCallsAtOnce(3));

    // After four failures in a row, what does one more attempt of this kind do to the circuit?
    @ParameterizedTest
    @CsvSource({
        "REFUSED, VERSION, open",
        "CERTIFICATE, VERSION, open",
        "CONNECT_TIMEOUT, VERSION, open",
        "TLS_TIMEOUT, VERSION, open",
        "PARTLY_SENT, CHAT, open",
        "RESET_WHILE_WAITING, CHAT, open",
        "SEND_TIMEOUT, CHAT, open",
        "HEAD_TIMEOUT, VERSION, open",
        "HEAD_TIMEOUT, CHAT, closed",
        "HEAD_TIMEOUT, EMBED, closed",
        "MALFORMED, CHAT, open",
        "LOCAL_RESOURCES, VERSION, closed",
        "RESET_WHILE_WAITING, OTHER, closed",
        "HEAD_TIMEOUT, OTHER, closed",
        "BODY_TIMEOUT, PULL_MODEL, closed",
        "FAILED_IN_ANSWER, CHAT, closed",
        "ENDED_EARLY, CHAT, closed",
        "LEASE_TIMEOUT, VERSION, closed",
        "POOL_FULL, VERSION, closed",
        "CANCELLED, VERSION, closed",
        "DEADLINE, VERSION, closed",
        "CLOSED, VERSION, closed",
    })
    void open_fifthAttemptFails_countsByTheTable(Failures failure, Operation operation, String state) {
        fixture.backend.failForever(Failures.REFUSED);
        failing(Operation.VERSION, 4);
        fixture.backend.failForever(failure);

        failing(operation, 1);

        assertThat(state()).isEqualTo(CircuitState.valueOf(state.toUpperCase(Locale.ROOT)));
        assertThat(observed().callsAtOnce()).isZero();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "500 | CHAT  | model runner has unexpectedly stopped | CLOSED",
        "500 | CHAT  | option \"x\" must be of type array    | CLOSED",
        "500 | OTHER | no internet                           | CLOSED",
        "500 | VERSION | x                                   | CLOSED",
        "502 | VERSION | x                                   | OPEN",
        "503 | VERSION | <html>503</html>                    | OPEN",
        "504 | LIST_MODELS | x                               | OPEN",
        "502 | VERSION | {}                                  | CLOSED",
        "502 | CHAT  | x                                     | CLOSED",
        "504 | CHAT  | x                                     | CLOSED",
        "502 | OTHER | <html>502</html>                      | CLOSED",
        "504 | PULL_MODEL | x                                | CLOSED",
        "503 | CHAT  | server busy                           | CLOSED",
        "429 | CHAT  | x                                     | CLOSED",
        "404 | CHAT  | x                                     | CLOSED",
        "400 | EMBED | model runner has unexpectedly stopped | CLOSED",
        "400 | CHAT  | model runner has unexpectedly stopped | CLOSED",
    })
    void open_fifthAttemptIsRefused_countsByTheTable(
            int status, Operation operation, String body, CircuitState state) {
        fixture.backend.failForever(Failures.REFUSED);
        failing(Operation.VERSION, 4);
        fixture.backend.forever(() -> ScriptedExchange.document(status, Headers.EMPTY, body));

        ResilienceFixture.readAll(fixture.open(operation));

        assertThat(state()).isEqualTo(state);
    }

    @Test
    void open_staleConnections_neverOpenTheCircuit() {
        fixture.backend.failForever(Failures.STALE);

        failing(Operation.CHAT, 30);

        assertThat(state()).isEqualTo(CircuitState.CLOSED);
        assertThat(fixture.backend.attempts()).isEqualTo(60);
    }

    @Test
    void open_callerCancelledAndTheTransportSaysReset_tellsNothing() {
        fixture.backend.failForever(Failures.REFUSED);
        failing(Operation.VERSION, 4);
        CallContext context = CallContext.create();
        fixture.backend.failForever(() -> {
            context.cancellation().cancel();
            return Failures.RESET_WHILE_WAITING.get();
        });

        catchThrowableOfType(
                LlmException.class, () -> fixture.port.open(ResilienceFixture.request(Operation.CHAT), context));

        assertThat(state()).isEqualTo(CircuitState.CLOSED);
    }

    @Test
    void next_callerCancelledInTheMiddleAndTheTransportSaysReset_tellsNothing() {
        fixture.backend.forever(() -> ScriptedExchange.brokenStream(Failures.BODY_RESET.get(), "a"));

        for (int stream = 0; stream < 20; stream++) {
            CallContext context = CallContext.create();
            Exchange exchange = fixture.port.open(ResilienceFixture.request(Operation.CHAT), context);
            exchange.next();
            context.cancellation().cancel();
            catchThrowableOfType(LlmException.class, exchange::next);
        }

        assertThat(state()).isEqualTo(CircuitState.CLOSED);
    }

    @Test
    void next_streamsBreakInTheMiddle_openTheCircuit() {
        fixture.backend.forever(() -> ScriptedExchange.brokenStream(Failures.BODY_RESET.get(), "a"));

        for (int stream = 0; stream < 5; stream++) {
            assertThat(state()).isEqualTo(CircuitState.CLOSED);
            Exchange exchange = fixture.open(Operation.CHAT);
            exchange.next();
            catchThrowableOfType(LlmException.class, exchange::next);
        }

        assertThat(state()).isEqualTo(CircuitState.OPEN);
    }

    @Test
    void open_circuitIsOpen_failsWithoutAnAttemptAndTellsWhenToComeBack() {
        fixture.backend.failForever(Failures.REFUSED);
        failing(Operation.CHAT, 5);
        fixture.ticker.advance(Duration.ofSeconds(2));

        CircuitOpenException refused =
                catchThrowableOfType(CircuitOpenException.class, () -> fixture.open(Operation.CHAT));

        assertThat(refused.kind()).isEqualTo(ErrorKind.CIRCUIT_OPEN);
        assertThat(refused.facts().retryAfter()).isEqualTo(Duration.ofSeconds(3));
        assertThat(refused.facts().attempts()).isZero();
        assertThat(refused.facts().backend()).isEqualTo(new BackendId(URL));
        assertThat(refused.advice()).isNotEmpty();
        assertThat(refused.isRetryable()).isTrue();
        assertThat(fixture.backend.attempts()).isEqualTo(5);
        assertThat(fixture.metrics.count(ResilienceMetrics.REFUSED.with(URL, "circuit_open"))).isEqualTo(1);
        assertThat(fixture.metrics.count(ResilienceMetrics.CIRCUIT_TRANSITIONS.with(URL, "open"))).isEqualTo(1);
        assertThat(fixture.metrics.gauge(STATE)).isEqualTo(2);
        assertThat(observed()).isEqualTo(new Circuit(Circuit.Scope.server(URL), CircuitState.OPEN, Duration.ofSeconds(3), 0));
    }

    @Test
    void open_serverIsWellAgain_closesTheCircuit() {
        fixture.backend.failForever(Failures.REFUSED);
        failing(Operation.CHAT, 5);
        fixture.ticker.advance(Duration.ofSeconds(5));
        fixture.backend.forever(() -> ScriptedExchange.stream("a"));

        fixture.open(Operation.CHAT);
        assertThat(fixture.metrics.gauge(STATE)).isEqualTo(1);
        fixture.open(Operation.CHAT);

        assertThat(fixture.metrics.gauge(STATE)).isZero();
    }

    @Test
    void open_probeIsCancelledWhileItWaits_letsTheNextTry() {
        fixture.backend.failForever(Failures.REFUSED);
        failing(Operation.CHAT, 5);
        fixture.ticker.advance(Duration.ofSeconds(5));
        fixture.backend.failForever(Failures.CANCELLED);
        failing(Operation.CHAT, 10);

        assertThat(state()).isEqualTo(CircuitState.HALF_OPEN);
        assertThat(fixture.backend.attempts()).isEqualTo(15);
    }

    @Test
    void open_circuitOpensDuringTheCallsAttempt_handsOnTheFailure() {
        ResilienceFixture retrying = new ResilienceFixture(ResilienceSettings.DEFAULT);
        retrying.backend.failForever(Failures.REFUSED).thenFail(() -> {
            for (int other = 0; other < 5; other++) {
                catchThrowableOfType(LlmException.class, () -> retrying.open(Operation.CHAT));
            }
            return Failures.REFUSED.get();
        });

        LlmException last = catchThrowableOfType(LlmException.class, () -> retrying.open(Operation.CHAT));

        assertThat(last.kind()).isEqualTo(ErrorKind.BACKEND_UNAVAILABLE);
        assertThat(last.facts().attempts()).isEqualTo(1);
        assertThat(retrying.metrics.decisions()).containsEntry("circuit_open", 1L);
    }

    @Test
    void open_callsWithRetriesFail_eachCountsOnce() {
        ResilienceFixture retrying = new ResilienceFixture(ResilienceFixture.RULES_ONLY.withCircuit(
                ResilienceSettings.CircuitBreakerSettings.DEFAULT));
        retrying.backend.failForever(Failures.REFUSED);

        for (int call = 0; call < 5; call++) {
            assertThat(retrying.backendRegistry.circuits().getFirst().state()).isEqualTo(CircuitState.CLOSED);
            catchThrowableOfType(LlmException.class, () -> retrying.open(Operation.CHAT));
        }

        assertThat(retrying.backend.attempts()).isEqualTo(20);
        assertThat(retrying.backendRegistry.circuits().getFirst().state()).isEqualTo(CircuitState.OPEN);
    }

    @Test
    void open_everyCallSucceedsAtItsSecondAttempt_neverOpens() {
        ResilienceFixture retrying = new ResilienceFixture(ResilienceFixture.RULES_ONLY.withCircuit(
                ResilienceSettings.CircuitBreakerSettings.DEFAULT));
        for (int call = 0; call < 40; call++) {
            retrying.backend.thenFail(Failures.RESET_WHILE_WAITING).then(() -> ScriptedExchange.stream("a"));
            retrying.open(Operation.CHAT).close();
        }

        assertThat(retrying.backend.attempts()).isEqualTo(80);
        assertThat(retrying.backendRegistry.circuits().getFirst().state()).isEqualTo(CircuitState.CLOSED);
    }

    @Test
    void open_asManyCallsAsMayBe_refusesOneMoreUntilOneHasEnded() {
        Exchange first = fixture.open(Operation.CHAT);
        fixture.open(Operation.CHAT);
        fixture.open(Operation.CHAT);
        assertThat(fixture.metrics.gauge(CALLS)).isEqualTo(3);

        assertThatThrownBy(() -> fixture.open(Operation.CHAT)).isInstanceOf(ServerBusyException.class);
        assertThat(fixture.backend.attempts()).isEqualTo(3);
        assertThat(fixture.metrics.count(ResilienceMetrics.REFUSED.with(URL, "calls_at_once"))).isEqualTo(1);

        ResilienceFixture.readAll(first);
        first.close();
        assertThat(observed().callsAtOnce()).isEqualTo(2);
        fixture.open(Operation.CHAT).close();
        assertThat(observed().callsAtOnce()).isEqualTo(2);
    }

    @Test
    void open_defectOfTheDelegate_givesItsPermitBackAndTellsNothing() {
        fixture.backend.forever(() -> {
            throw new IllegalStateException("a defect");
        });

        for (int call = 0; call < 20; call++) {
            assertThatThrownBy(() -> fixture.open(Operation.CHAT)).isInstanceOf(IllegalStateException.class);
        }

        assertThat(observed()).isEqualTo(new Circuit(Circuit.Scope.server(URL), CircuitState.CLOSED, Duration.ZERO, 0));
    }

    private void failing(Operation operation, int times) {
        for (int call = 0; call < times; call++) {
            assertThat(catchThrowableOfType(LlmException.class, () -> fixture.open(operation)))
                    .isNotNull();
        }
    }

    private CircuitState state() {
        return observed().state();
    }

    private Circuit observed() {
        assertThat(fixture.backendRegistry.circuits()).hasSize(1);
        return fixture.backendRegistry.circuits().getFirst();
    }
}
