package dev.paddock.adapters.http.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.paddock.domain.error.LlmException;
import dev.paddock.domain.exchange.BackendId;
import dev.paddock.domain.exchange.BaseUrl;
import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.exchange.Exchange;
import dev.paddock.domain.exchange.ExchangeRequest;
import dev.paddock.domain.exchange.Operation;
import dev.paddock.domain.metrics.ResilienceMetrics;
import dev.paddock.domain.resilience.CircuitState;
import dev.paddock.ports.exchange.ExchangePort;
import dev.paddock.ports.exchange.chain.ExchangeChain;
import dev.paddock.ports.exchange.routing.CallRoute;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Retries that are sent to another server. */
class SeveralServersTest {

    private final RecordingMetrics metrics = new RecordingMetrics();
    private final ScriptedBackend first = new ScriptedBackend();
    private final ScriptedBackend second = new ScriptedBackend();
    // A wait between two attempts would take longer than the deadline of the calls.
    private final BackendRegistry registry = new BackendRegistry(
            ResilienceSettings.DEFAULT.withRetry(ResilienceSettings.Retry.DEFAULT.withBackoff(Duration.ofHours(1))), metrics, System::nanoTime);

    @ParameterizedTest
    @EnumSource(names = {"REFUSED", "CERTIFICATE", "RESET_WHILE_WAITING", "HEAD_TIMEOUT", "FAILED_IN_ANSWER"})
    void open_generationFails_isSentToTheOtherServerAtOnce(Failures failure) {
        first.failForever(failure);
        second.forever(() -> ScriptedExchange.stream("a"));

        try (Exchange answer = open(Operation.CHAT)) {
            assertThat(answer.head().provenance().attempts()).isEqualTo(2);
        }

        assertThat(first.attempts()).isEqualTo(1);
        assertThat(second.attempts()).isEqualTo(1);
        assertThat(metrics.count(ResilienceMetrics.RETRIES.with("chat", "granted"))).isEqualTo(1);
    }

    @Test
    void open_silenceAtTheLastServer_isNotTriedAgain() {
        first.failForever(Failures.HEAD_TIMEOUT);
        second.failForever(Failures.HEAD_TIMEOUT);

        assertThat(catchThrowableOfType(LlmException.class, () -> open(Operation.CHAT))).isNotNull();

        assertThat(first.attempts() + second.attempts()).isEqualTo(2);
    }

    @Test
    void open_changeFails_isNotSentToTheOtherServer() {
        first.failForever(Failures.RESET_WHILE_WAITING);

        assertThat(catchThrowableOfType(LlmException.class, () -> open(Operation.PULL_MODEL))).isNotNull();

        assertThat(second.attempts()).isZero();
    }

    @Test
    void open_budgetIsUsedUp_isNotSentToTheOtherServer() {
        first.failForever(Failures.FAILED_IN_ANSWER); // opens no circuit
        second.forever(() -> ScriptedExchange.stream("a"));
        int failed = 0;

        for (int call = 0; call < 40; call++) {
            try (Exchange answer = open(Operation.CHAT)) {
                assertThat(answer.head().status()).isEqualTo(200);
            } catch (LlmException refused) {
                failed++;
            }
        }

        assertThat(failed).isBetween(20, 29);
    }

    @Test
    void open_attemptsFailAtOneServer_countForItsCircuitThoughTheCallsSucceed() {
        first.failForever(Failures.REFUSED);
        second.forever(() -> ScriptedExchange.stream("a"));

        for (int call = 0; call < 5; call++) {
            open(Operation.CHAT).close();
        }

        assertThat(registry.circuits()).filteredOn(circuit -> circuit.model() == null && circuit.backend().equals("first"))
                .singleElement()
                .satisfies(circuit -> assertThat(circuit.state()).isEqualTo(CircuitState.OPEN));
    }

    private Exchange open(Operation operation) {
        ExchangePort toFirst = registry.attemptExecutor(first, new BackendId("first"), BaseUrl.parse("http://first:1"));
        ExchangePort toSecond = registry.attemptExecutor(second, new BackendId("second"), BaseUrl.parse("http://second:1"));
        ExchangeChain chain = ExchangeChain.assemble(
                (request, context) -> choose(toFirst, toSecond, request, context), List.of(ResilientExchangePort.overSeveral(registry)));
        return chain.open(ResilienceFixture.request(operation), CallContext.within(Duration.ofSeconds(5), System::nanoTime));
    }

    private static Exchange choose(ExchangePort toFirst, ExchangePort toSecond, ExchangeRequest request, CallContext context) {
        CallRoute route = Objects.requireNonNull(context.get(CallRoute.KEY), "the route of the call");
        boolean isRetry = route.includes(new BackendId("first"));
        route.add(new BackendId(isRetry ? "second" : "first"), !isRetry);
        return (isRetry ? toSecond : toFirst).open(request, context);
    }
}
