package dev.paddock.adapters.http.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.Mockito.doReturn;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import dev.paddock.domain.exchange.BackendId;
import dev.paddock.domain.error.ClientClosedException;
import dev.paddock.domain.error.LlmException;
import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.exchange.Exchange;
import dev.paddock.domain.exchange.Operation;
import dev.paddock.domain.metrics.ResilienceMetrics;
import dev.paddock.domain.resilience.Circuit;
import dev.paddock.domain.resilience.CircuitState;
import dev.paddock.testsupport.ManualTicker;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import org.junit.jupiter.api.Test;

/** An executor that was shut down refuses to watch the deadlines of calls, which no socket can bring about. */
class RefusingSchedulerTest {

    private static final Circuit UNTOUCHED = circuit(CircuitState.CLOSED);

    private final ManualTicker ticker = ResilienceFixture.newTicker();
    private final RecordingMetrics metrics = new RecordingMetrics();
    private final ScriptedBackend backend = new ScriptedBackend();
    private final ScheduledExecutorService executor = mock(ScheduledExecutorService.class);
    private final BackendRegistry registry = new BackendRegistry(
            ResilienceSettings.DEFAULT.withCallsAtOnce(2),
            metrics,
            new TimeSource(ticker::nanos, TimeSource.Scheduler.over(executor), () -> 0.5));
    private final ResilientExchangePort port = new ResilientExchangePort(
            registry.attemptExecutor(backend, BackendId.of(ScriptedBackend.URL), ScriptedBackend.URL), registry, (time, cancellation) -> true, () -> 0);

    @Test
    void open_executorRefuses_failsAsClosedAndSendsNothing() {
        refuse();

        ClientClosedException failure = catchThrowableOfType(ClientClosedException.class, this::openWithDeadline);

        assertThat(failure).hasCauseInstanceOf(RejectedExecutionException.class);
        assertThat(failure.facts().attempts()).isZero();
        assertThat(failure.facts().backend()).isNotNull();
        assertThat(backend.attempts()).isZero();
        assertThat(metrics.count(ResilienceMetrics.RETRIES.with("chat", "pointless"))).isEqualTo(1);
    }

    @Test
    void open_executorRefusesManyCalls_leaksNoPermitAndTellsTheCircuitNothing() {
        refuse();

        for (int call = 0; call < 20; call++) {
            catchThrowableOfType(LlmException.class, this::openWithDeadline);
        }

        assertThat(registry.circuits()).containsExactly(UNTOUCHED);
        try (Exchange answered = port.open(ResilienceFixture.request(Operation.CHAT), CallContext.create())) {
            assertThat(answered.head().status()).isEqualTo(200);
        }
        assertThat(registry.circuits()).containsExactly(UNTOUCHED);
    }

    @Test
    void open_executorRefusesTheTrialOfACircuit_leavesTheTrialToTheNextCall() {
        backend.failForever(Failures.REFUSED);
        for (int call = 0; call < 5; call++) {
            catchThrowableOfType(
                    LlmException.class,
                    () -> port.open(ResilienceFixture.request(Operation.CHAT), CallContext.create()));
        }
        assertThat(registry.circuits().getFirst().state()).isEqualTo(CircuitState.OPEN);
        ticker.advance(Duration.ofMinutes(1));
        backend.forever(() -> ScriptedExchange.stream("a"));
        refuse();

        catchThrowableOfType(ClientClosedException.class, this::openWithDeadline);

        assertThat(registry.circuits()).containsExactly(circuit(CircuitState.HALF_OPEN));
        port.open(ResilienceFixture.request(Operation.CHAT), CallContext.create()).close();
        port.open(ResilienceFixture.request(Operation.CHAT), CallContext.create()).close();
        assertThat(registry.circuits()).containsExactly(UNTOUCHED);
    }

    @Test
    void cancel_afterTheRefusal_findsNothingToEnd() {
        refuse();
        CallContext context = CallContext.within(Duration.ofSeconds(5), ticker::nanos);
        catchThrowableOfType(
                ClientClosedException.class, () -> port.open(ResilienceFixture.request(Operation.CHAT), context));
        Exchange other = port.open(ResilienceFixture.request(Operation.CHAT), CallContext.create());

        context.cancellation().cancel();

        assertThat(registry.circuits().getFirst().callsAtOnce()).isEqualTo(1);
        other.close();
        assertThat(registry.circuits()).containsExactly(UNTOUCHED);
    }

    @Test
    void close_ofAWatchedCall_takesTheActionBackFromTheExecutor() {
        ScheduledFuture<?> scheduled = mock(ScheduledFuture.class);
        doReturn(scheduled).when(executor).schedule(any(Runnable.class), anyLong(), any());

        Exchange exchange = openWithDeadline();
        verify(scheduled, never()).cancel(false);
        exchange.close();

        verify(scheduled, times(1)).cancel(false);
        assertThat(registry.circuits()).isEqualTo(List.of(UNTOUCHED));
    }

    private void refuse() {
        when(executor.schedule(any(Runnable.class), anyLong(), any()))
                .thenThrow(new RejectedExecutionException("shut down"));
    }

    private Exchange openWithDeadline() {
        return port.open(
                ResilienceFixture.request(Operation.CHAT), CallContext.within(Duration.ofSeconds(5), ticker::nanos));
    }

    private static Circuit circuit(CircuitState state) {
        return new Circuit(Circuit.Scope.server(ScriptedBackend.URL.toString()), state, Duration.ZERO, 0);
    }
}
