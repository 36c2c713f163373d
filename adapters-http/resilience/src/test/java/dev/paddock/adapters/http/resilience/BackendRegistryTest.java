package dev.paddock.adapters.http.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.paddock.domain.error.LlmException;
import dev.paddock.domain.exchange.BackendId;
import dev.paddock.domain.exchange.BaseUrl;
import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.exchange.Operation;
import dev.paddock.domain.resilience.CircuitState;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How long the state of a server is kept, which the ports to it share. */
class BackendRegistryTest {

    private static final BackendId SERVER = new BackendId("server");
    private static final BaseUrl PLACE = BaseUrl.parse("http://server:1");

    private final ScriptedBackend backend = new ScriptedBackend();
    private final BackendRegistry registry =
            new BackendRegistry(ResilienceSettings.DEFAULT, new RecordingMetrics(), System::nanoTime);

    @Test
    void close_anotherPortLeadsToTheServer_circuitStaysOpen() {
        AttemptExecutor first = registry.attemptExecutor(backend, SERVER, PLACE);
        AttemptExecutor second = registry.attemptExecutor(backend, SERVER, PLACE);
        openCircuit(first);

        first.close();
        first.close();

        assertThat(states()).containsExactly(CircuitState.OPEN);
        try (AttemptExecutor third = registry.attemptExecutor(backend, SERVER, PLACE)) {
            assertThat(third.remainingOpenTime(ResilienceFixture.request(Operation.CHAT))).isPositive();
        }
        second.close();
        assertThat(states()).isEmpty();
    }

    @Test
    void attemptExecutor_serverWasForgotten_beginsAnew() {
        try (AttemptExecutor first = registry.attemptExecutor(backend, SERVER, PLACE)) {
            openCircuit(first);
        }

        try (AttemptExecutor second = registry.attemptExecutor(backend, SERVER, PLACE)) {
            assertThat(second.remainingOpenTime(ResilienceFixture.request(Operation.CHAT))).isZero();
        }
    }

    @Test
    void attemptExecutor_sameNameAtAnotherPlace_isAnotherServer() {
        AttemptExecutor first = registry.attemptExecutor(backend, SERVER, PLACE);
        openCircuit(first);

        try (AttemptExecutor second = registry.attemptExecutor(backend, SERVER, BaseUrl.parse("http://server:2"))) {
            assertThat(second.remainingOpenTime(ResilienceFixture.request(Operation.CHAT))).isZero();
        }
        assertThat(states()).containsExactly(CircuitState.OPEN);
    }

    private void openCircuit(AttemptExecutor executor) {
        backend.failForever(Failures.REFUSED);
        for (int call = 0; call < 10; call++) {
            assertThat(catchThrowableOfType(
                            LlmException.class, () -> executor.open(ResilienceFixture.request(Operation.CHAT), CallContext.create())))
                    .isNotNull();
        }
        assertThat(executor.remainingOpenTime(ResilienceFixture.request(Operation.CHAT))).isPositive();
    }

    private List<CircuitState> states() {
        return registry.circuits().stream().map(circuit -> circuit.state()).toList();
    }
}
