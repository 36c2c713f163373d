package dev.paddock.ports.exchange.decorator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.domain.error.ErrorFacts;
import dev.paddock.domain.error.ServerBusyException;
import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.exchange.Exchange;
import dev.paddock.domain.exchange.ExchangeRequest;
import dev.paddock.domain.exchange.Operation;
import dev.paddock.ports.exchange.ExchangePort;
import dev.paddock.ports.exchange.chain.ExchangeChain;
import dev.paddock.ports.exchange.chain.ExchangeDecorator;
import dev.paddock.ports.exchange.chain.Stage;
import dev.paddock.ports.metrics.MetricsPort;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExchangeChainTest {

    private static final ExchangeRequest CHAT = ExchangeRequest.post(Operation.CHAT, "/api/chat", new byte[] {1});

    private final List<String> passed = new ArrayList<>();
    private final ExchangePort innermost = (request, context) -> {
        passed.add("innermost");
        throw new ServerBusyException("full", ErrorFacts.NONE);
    };

    @Test
    void stages_always_areInTheOrderOfTheArchitecture() {
        assertThat(Stage.values()).containsExactly(
                Stage.MEASURE, Stage.DEADLINE, Stage.CACHE, Stage.SINGLE_FLIGHT, Stage.BATCH, Stage.ADMISSION, Stage.RETRY,
                Stage.ROUTE, Stage.PERMIT, Stage.CIRCUIT, Stage.ATTEMPT);
    }

    @Test
    void open_decoratorsInAnyOrder_passesThemByStage() {
        ExchangeChain chain = ExchangeChain.assemble(innermost, List.of(
                named(Stage.ATTEMPT, "attempt"),
                named(Stage.CACHE, "first cache"),
                named(Stage.MEASURE, "measure"),
                named(Stage.CACHE, "second cache"),
                named(Stage.RETRY, "retry")));

        assertThatThrownBy(() -> chain.open(CHAT, CallContext.create())).isInstanceOf(ServerBusyException.class);

        assertThat(passed).containsExactly("measure", "first cache", "second cache", "retry", "attempt", "innermost");
    }

    @Test
    void open_noDecorator_reachesTheInnermostPort() {
        ExchangeChain chain = ExchangeChain.assemble(innermost, List.of());

        assertThatThrownBy(() -> chain.open(CHAT, CallContext.create())).isInstanceOf(ServerBusyException.class);

        assertThat(passed).containsExactly("innermost");
    }

    @Test
    void open_decoratorsOfThisModule_passAnUnknownAttributeOn() {
        CallContext.Key<String> unknown = CallContext.Key.named("unknown");
        List<CallContext> arrived = new ArrayList<>();
        ExchangePort port = (request, context) -> {
            arrived.add(context);
            return innermost.open(request, context);
        };
        ExchangeChain chain = ExchangeChain.assemble(port, List.of(
                DeadlineExchangePort.decorator(Duration.ofSeconds(1), System::nanoTime),
                InstrumentedExchangePort.decorator(MetricsPort.noOp(), System::nanoTime)));

        CallContext context = CallContext.create().with(unknown, "kept");
        assertThatThrownBy(() -> chain.open(CHAT, context)).isInstanceOf(ServerBusyException.class);

        assertThat(arrived).hasSize(1);
        assertThat(arrived.getFirst().get(unknown)).isEqualTo("kept");
        assertThat(arrived.getFirst().deadline()).isNotNull();
    }

    @Test
    void close_always_closesWhatCanBeClosedOutermostFirst() {
        ExchangeChain chain = ExchangeChain.assemble(innermost, List.of(
                closeable(Stage.ATTEMPT, "attempt", null),
                named(Stage.CACHE, "cache"),
                closeable(Stage.RETRY, "retry", null)));

        chain.close();

        assertThat(passed).containsExactly("close retry", "close attempt");
    }

    @Test
    void close_oneDecoratorFails_closesTheOthersAndSaysSo() {
        IOException failure = new IOException("disk full");
        ExchangeChain chain = ExchangeChain.assemble(innermost, List.of(
                closeable(Stage.CACHE, "cache", failure), closeable(Stage.RETRY, "retry", null)));

        assertThatIllegalStateException().isThrownBy(chain::close).satisfies(
                thrown -> assertThat(thrown.getSuppressed()).containsExactly(failure));

        assertThat(passed).containsExactly("close cache", "close retry");
    }

    private ExchangeDecorator named(Stage stage, String name) {
        return ExchangeDecorator.of(stage, delegate -> (request, context) -> {
            passed.add(name);
            return delegate.open(request, context);
        });
    }

    private ExchangeDecorator closeable(Stage stage, String name, IOException failure) {
        return ExchangeDecorator.of(stage, delegate -> new CloseablePort(name, delegate, failure));
    }

    private final class CloseablePort implements ExchangePort, AutoCloseable {

        private final String name;
        private final ExchangePort delegate;
        private final IOException failure;

        private CloseablePort(String name, ExchangePort delegate, IOException failure) {
            this.name = name;
            this.delegate = delegate;
            this.failure = failure;
        }

        @Override
        public Exchange open(ExchangeRequest request, CallContext context) {
            return delegate.open(request, context);
        }

        @Override
        public void close() throws IOException {
            passed.add("close " + name);
            if (failure != null) {
                throw failure;
            }
        }
    }
}
