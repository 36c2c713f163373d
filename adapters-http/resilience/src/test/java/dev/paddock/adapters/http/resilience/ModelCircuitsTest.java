package dev.paddock.adapters.http.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.domain.exchange.Headers;
import dev.paddock.domain.exchange.Operation;
import dev.paddock.domain.resilience.Circuit;
import dev.paddock.domain.resilience.CircuitState;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How many models are remembered, and which of them are forgotten first. */
class ModelCircuitsTest {

    private final ResilienceFixture fixture = new ResilienceFixture(ResilienceSettings.DEFAULT
            .withRetry(ResilienceSettings.Retry.DEFAULT.withMaxRetries(0)));

    @Test
    void of_manyNames_remembersThoseAskedLast() {
        ask(0, 1000);
        fixture.open(Operation.CHAT, name(0)).close();

        ask(1000, 1500);

        assertThat(models()).hasSize(1000).contains(name(0), name(501), name(1499)).doesNotContain(name(1), name(500));
    }

    @Test
    void of_manyNames_keepsThoseThatAreGivenARest() {
        breakModel(name(0));
        breakModel(name(1));

        ask(2, 5000);

        assertThat(fixture.backendRegistry.circuits())
                .hasSize(1001)
                .filteredOn(circuit -> circuit.state() == CircuitState.OPEN)
                .extracting(Circuit::model)
                .containsExactly(name(0), name(1));
    }

    @Test
    void of_allAreGivenARest_forgetsTheOneNotAskedForTheLongestTime() {
        IntStream.range(0, 1000).forEach(number -> breakModel(name(number)));

        ask(1000, 1001);
        ask(1001, 1002);

        assertThat(models()).hasSize(1000).doesNotContain(name(0), name(1000)).contains(name(1), name(1001));
    }

    @Test
    void of_nameThatNoModelHas_isNotRemembered() {
        fixture.open(Operation.CHAT, "x".repeat(513)).close();
        fixture.open(Operation.CHAT, "").close();
        fixture.open(Operation.CHAT, "x".repeat(512)).close();

        assertThat(models()).containsExactly("x".repeat(512));
    }

    private void ask(int from, int to) {
        fixture.backend.forever(() -> ScriptedExchange.stream("a"));
        IntStream.range(from, to).forEach(number -> fixture.open(Operation.CHAT, name(number)).close());
    }

    private void breakModel(String model) {
        fixture.backend.forever(() -> ScriptedExchange.document(502, Headers.EMPTY, "broken"));
        IntStream.range(0, 5).forEach(call -> fixture.open(Operation.CHAT, model).close());
    }

    private List<String> models() {
        return fixture.backendRegistry.circuits().stream()
                .map(Circuit::model)
                .filter(model -> model != null)
                .toList();
    }

    private static String name(int number) {
        return "model-" + number;
    }
}
