package dev.paddock.adapters.http.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.domain.exchange.BackendId;
import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.exchange.Operation;
import dev.paddock.ports.exchange.ExchangePort;
import dev.paddock.ports.exchange.chain.ExchangeChain;
import dev.paddock.ports.metrics.MetricsPort;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ContextTest {

    private static final CallContext.Key<String> UNKNOWN = CallContext.Key.named("unknown");

    @Test
    void open_everyAttempt_getsTheContextWithAttributesThatNobodyHereKnows() {
        List<CallContext> arrived = new ArrayList<>();
        ScriptedBackend backend = new ScriptedBackend().thenFail(Failures.STALE);
        ExchangePort attempts = (request, context) -> {
            arrived.add(context);
            return backend.open(request, context);
        };
        BackendRegistry registry = new BackendRegistry(ResilienceSettings.DEFAULT, MetricsPort.noOp(), System::nanoTime);
        CallContext context = CallContext.create().with(UNKNOWN, "kept");

        try (ExchangeChain chain = ExchangeChain.assemble(
                attempts, List.of(ResilientExchangePort.decorator(BackendId.of(ScriptedBackend.URL), ScriptedBackend.URL, registry)))) {
            chain.open(ResilienceFixture.request(Operation.CHAT), context).close();
        }

        assertThat(arrived).containsExactly(context, context);
        assertThat(arrived.getLast().get(UNKNOWN)).isEqualTo("kept");
    }
}
