package dev.paddock.adapters.http.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.paddock.domain.exchange.BackendId;
import dev.paddock.domain.error.LlmException;
import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.exchange.Operation;
import dev.paddock.testsupport.Eventually;
import dev.paddock.testsupport.ManualTicker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How many retries all calls together may make. */
class RetryBudgetTest {

    private static final int CALLS = 10_000;

    private final ManualTicker ticker = ResilienceFixture.newTicker();
    private final RecordingMetrics metrics = new RecordingMetrics();
    private final ScriptedBackend backend = new ScriptedBackend();

    // Calls each second, and the most attempts over a minute: calls + burst + perSecond * 60 + perCall * calls.
    @ParameterizedTest
    @CsvSource({"1, 106", "7, 502", "10, 700", "100, 6640", "1000, 66040"})
    void open_everythingFailsForAMinute_sendsWhatTheBudgetPromisesAndNoMore(int callsPerSecond, int mostAttempts) {
        ResilientExchangePort port = portWithoutCircuit();
        backend.failForever(Failures.REFUSED);
        int calls = 60 * callsPerSecond;

        for (int call = 0; call < calls; call++) {
            ticker.advance(Duration.ofMinutes(1).dividedBy(calls));
            fail(port);
        }

        assertThat(backend.attempts()).isBetween(mostAttempts - 2, mostAttempts);
        if (callsPerSecond >= 7) {
            assertThat(backend.attempts()).isLessThanOrEqualTo(calls * 12 / 10);
        }
        assertThat(metrics.decisions().get("granted")).isEqualTo(backend.attempts() - calls);
        assertThat(metrics.decisions().get("budget_denied")).isPositive();
    }

    @Test
    @Timeout(60)
    void open_everythingFailsInManyThreads_sendsAtMostAFifthMore() throws InterruptedException {
        ResilientExchangePort port = portWithoutCircuit();
        backend.failForever(Failures.REFUSED);
        CountDownLatch start = new CountDownLatch(1);

        List<Thread> threads = IntStream.range(0, 20)
                .mapToObj(number -> Thread.ofVirtual().start(() -> {
                    Eventually.open(start);
                    for (int call = 0; call < CALLS / 20; call++) {
                        ticker.advance(Duration.ofMinutes(1).dividedBy(CALLS));
                        fail(port);
                    }
                }))
                .toList();
        start.countDown();
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(backend.attempts()).isBetween(CALLS, CALLS * 12 / 10);
        assertThat(metrics.decisions().values().stream().mapToLong(Long::longValue).sum())
                .isEqualTo(backend.attempts());
    }

    @Test
    void open_fewCallsFail_keepTheirRetries() {
        ResilientExchangePort port = portWithoutCircuit();
        backend.failForever(Failures.REFUSED);

        for (int call = 0; call < 50; call++) {
            ticker.advance(Duration.ofSeconds(6));
            fail(port);
        }

        assertThat(backend.attempts()).isEqualTo(50 * 4);
    }

    @Test
    void request_afterTimeout_costsTwice() {
        RetryBudget budget = new RetryBudget(new ResilienceSettings.Budget(0, 0, 10, 1, 100), ticker::nanos);

        try (RetryBudget.Share share = budget.enter()) {
            assertThat(IntStream.range(0, 10).filter(retry -> share.request(2) == RetryDecision.GRANTED)).hasSize(5);
        }
    }

    @Test
    void open_callsTimeOut_takeTwiceAsMuchOutOfTheBudgetAsOthers() {
        for (Failures failure : List.of(Failures.HEAD_TIMEOUT, Failures.RESET_WHILE_WAITING)) {
            ResilienceFixture fixture = new ResilienceFixture(ResilienceFixture.RULES_ONLY
                    .withRetry(ResilienceSettings.Retry.DEFAULT.withMaxRetries(1))
                    .withBudget(new ResilienceSettings.Budget(0, 0, 10, 1, 100)));
            fixture.backend.failForever(failure);

            for (int call = 0; call < 20; call++) {
                catchThrowableOfType(LlmException.class, () -> fixture.open(Operation.EMBED));
            }

            int retries = failure == Failures.HEAD_TIMEOUT ? 5 : 10;
            assertThat(fixture.backend.attempts()).as("%s", failure).isEqualTo(20 + retries);
        }
    }

    @Test
    void request_tooManyAreRetrying_isDeniedUntilOneHasEnded() {
        RetryBudget budget = new RetryBudget(new ResilienceSettings.Budget(0, 0, 1000, 0.2, 2), ticker::nanos);
        List<RetryBudget.Share> shares = new ArrayList<>(
                IntStream.range(0, 20).mapToObj(call -> budget.enter()).toList());

        List<RetryDecision> decisions = shares.stream().map(share -> share.request(1)).toList();
        assertThat(decisions.subList(0, 4)).containsOnly(RetryDecision.GRANTED);
        assertThat(decisions.subList(4, 20)).containsOnly(RetryDecision.CONCURRENCY_DENIED);
        assertThat(shares.getFirst().request(1)).as("a call that retries already").isEqualTo(RetryDecision.GRANTED);

        shares.removeFirst().close();
        assertThat(shares.getLast().request(1)).isEqualTo(RetryDecision.CONCURRENCY_DENIED); // 19 calls: 3.8
        RetryBudget.Share more = budget.enter();
        assertThat(shares.getLast().request(1)).isEqualTo(RetryDecision.GRANTED);
        more.close();
        shares.forEach(RetryBudget.Share::close);

        RetryBudget.Share first = budget.enter();
        RetryBudget.Share second = budget.enter();
        assertThat(first.request(1)).isEqualTo(RetryDecision.GRANTED);
        assertThat(second.request(1)).as("the floor").isEqualTo(RetryDecision.GRANTED);
    }

    private ResilientExchangePort portWithoutCircuit() {
        ResilienceSettings settings = ResilienceSettings.DEFAULT.withCircuit(ResilienceFixture.RULES_ONLY.circuit());
        BackendRegistry backendRegistry = new BackendRegistry(settings, metrics, ResilienceFixture.timeSource(ticker, () -> 0.5));
        return new ResilientExchangePort(
                backendRegistry.attemptExecutor(backend, BackendId.of(ScriptedBackend.URL), ScriptedBackend.URL), backendRegistry, (time, cancellation) -> true, () -> 0);
    }

    private static void fail(ResilientExchangePort port) {
        try {
            port.open(ResilienceFixture.request(Operation.CHAT), CallContext.create()).close();
        } catch (LlmException expected) {
            return;
        }
        throw new AssertionError("the call should have failed");
    }
}
