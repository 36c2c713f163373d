package dev.paddock.adapters.http.resilience;

import static dev.paddock.adapters.http.resilience.AttemptOutcome.FAILURE;
import static dev.paddock.adapters.http.resilience.AttemptOutcome.FAILURE_AFTER_SENDING;
import static dev.paddock.adapters.http.resilience.AttemptOutcome.NEUTRAL;
import static dev.paddock.adapters.http.resilience.AttemptOutcome.SUCCESS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.domain.resilience.CircuitState;
import dev.paddock.testsupport.Eventually;
import dev.paddock.testsupport.ManualTicker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The circuit to one server, step by step. */
class EpochCircuitBreakerTest {

    private final ManualTicker ticker = ResilienceFixture.newTicker();
    private double chance = 0.5;
    private final List<CircuitState> transitions = new ArrayList<>();
    private final EpochCircuitBreaker circuit =
            new EpochCircuitBreaker(
                    ResilienceSettings.CircuitBreakerSettings.DEFAULT, ResilienceFixture.timeSource(ticker, () -> chance), (state, openTime, reason) -> transitions.add(state));

    @Test
    void record_fiveFailuresInARow_opens() {
        attempts(FAILURE, 4);
        assertThat(circuit.state()).isEqualTo(CircuitState.CLOSED);

        attempts(FAILURE, 1);

        assertThat(circuit.state()).isEqualTo(CircuitState.OPEN);
        assertThat(circuit.remainingOpenTime()).isEqualTo(Duration.ofSeconds(5));
        assertThat(circuit.tryAcquire(null)).isNull();
    }

    @Test
    void record_successBetweenFailures_startsTheRowAgain() {
        attempts(FAILURE, 4);
        attempts(SUCCESS, 1);
        attempts(FAILURE, 4);

        assertThat(circuit.state()).isEqualTo(CircuitState.CLOSED);
    }

    @Test
    void record_neutralBetweenFailures_doesNotStartTheRowAgain() {
        attempts(FAILURE, 4);
        attempts(NEUTRAL, 50);
        assertThat(circuit.state()).isEqualTo(CircuitState.CLOSED);

        attempts(FAILURE, 1);

        assertThat(circuit.state()).isEqualTo(CircuitState.OPEN);
    }

    @Test
    void record_halfOfTenFail_opens() {
        for (int pair = 0; pair < 4; pair++) {
            attempts(SUCCESS, 1);
            attempts(FAILURE, 1);
        }
        attempts(SUCCESS, 1);
        assertThat(circuit.state()).isEqualTo(CircuitState.CLOSED);

        attempts(FAILURE, 1);

        assertThat(circuit.state()).isEqualTo(CircuitState.OPEN);
    }

    @Test
    void record_neutralOnly_neverOpens() {
        attempts(NEUTRAL, 1000);

        assertThat(circuit.state()).isEqualTo(CircuitState.CLOSED);
    }

    @Test
    void tryAcquire_openTimeOver_passesOneAndClosesAfterTwoSuccesses() {
        open();
        ticker.advance(Duration.ofSeconds(5).minusNanos(1));
        assertThat(circuit.tryAcquire(null)).isNull();
        assertThat(circuit.remainingOpenTime()).isEqualTo(Duration.ofNanos(1));

        ticker.advance(Duration.ofNanos(1));
        EpochCircuitBreaker.CircuitPermit probe = circuit.tryAcquire(null);
        assertThat(probe).isNotNull();
        assertThat(circuit.tryAcquire(null)).as("while the probe is under way").isNull();
        probe.record(SUCCESS, "");
        assertThat(circuit.state()).isEqualTo(CircuitState.HALF_OPEN);
        attempts(SUCCESS, 1);

        assertThat(circuit.state()).isEqualTo(CircuitState.CLOSED);
        assertThat(transitions).containsExactly(CircuitState.OPEN, CircuitState.HALF_OPEN, CircuitState.CLOSED);
    }

    @Test
    void record_probesFail_opensForTwiceTheTimeUpToTheLongest() {
        open();
        List<Long> seconds = new ArrayList<>();

        for (int trial = 0; trial < 50; trial++) {
            ticker.advance(circuit.remainingOpenTime());
            attempts(FAILURE, 2);
            assertThat(circuit.state()).isEqualTo(CircuitState.OPEN);
            seconds.add(circuit.remainingOpenTime().toSeconds());
        }

        assertThat(seconds).startsWith(10L, 20L, 40L, 60L, 60L).endsWith(60L);
    }

    @Test
    void record_closedAfterProbesFailed_opensForTheFirstTimeAgain() {
        openAndWait();
        attempts(FAILURE, 2);
        assertThat(circuit.remainingOpenTime()).isEqualTo(Duration.ofSeconds(10));
        ticker.advance(Duration.ofSeconds(10));
        attempts(SUCCESS, 2);
        assertThat(circuit.state()).isEqualTo(CircuitState.CLOSED);

        open();

        assertThat(circuit.remainingOpenTime()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void record_probeIsCancelledBetweenFailures_keepsTheTimeThatHasGrown() {
        openAndWait();
        attempts(FAILURE, 2);
        ticker.advance(Duration.ofSeconds(10));
        attempts(NEUTRAL, 3);

        attempts(FAILURE, 2);

        assertThat(circuit.remainingOpenTime()).isEqualTo(Duration.ofSeconds(20));
    }

    @ParameterizedTest
    @CsvSource({"0, 4000, 8000, 48000", "0.5, 5000, 10000, 60000", "0.999999999, 6000, 12000, 60000"})
    void refusesFor_byChance_isAFifthShorterOrLongerButNeverLongerThanTheLongest(
            double chosen, long first, long second, long late) {
        chance = chosen;
        open();
        assertThat(circuit.remainingOpenTime()).isCloseTo(Duration.ofMillis(first), Duration.ofMillis(1));

        ticker.advance(circuit.remainingOpenTime());
        attempts(FAILURE, 2);
        assertThat(circuit.remainingOpenTime()).isCloseTo(Duration.ofMillis(second), Duration.ofMillis(1));

        for (int trial = 0; trial < 8; trial++) {
            ticker.advance(circuit.remainingOpenTime());
            attempts(FAILURE, 2);
        }
        assertThat(circuit.remainingOpenTime()).isCloseTo(Duration.ofMillis(late), Duration.ofMillis(1));
        assertThat(circuit.remainingOpenTime()).isLessThanOrEqualTo(Duration.ofSeconds(60));
    }

    @Test
    void refusesFor_longestIsShorterThanFirst_doesNotGrow() {
        OpenStateBackoff times = new OpenStateBackoff(
                new ResilienceSettings.OpenTime(Duration.ofMinutes(2), Duration.ofSeconds(1)), () -> 0.5);

        assertThat(times.afterClosed()).isEqualTo(Duration.ofMinutes(2));
        assertThat(times.afterFailedTrial()).isEqualTo(Duration.ofMinutes(2));
    }

    @Test
    void record_probeIsCancelled_neitherOpensNorClosesAndPassesTheNext() {
        openAndWait();

        for (int cancelled = 0; cancelled < 20; cancelled++) {
            attempts(NEUTRAL, 1);
            assertThat(circuit.state()).isEqualTo(CircuitState.HALF_OPEN);
        }
        attempts(SUCCESS, 2);

        assertThat(circuit.state()).isEqualTo(CircuitState.CLOSED);
    }

    @Test
    void record_lateSuccessOfEarlierEpoch_doesNotCloseWhileProbeRuns() {
        List<EpochCircuitBreaker.CircuitPermit> slow = IntStream.range(0, 10).mapToObj(call -> circuit.tryAcquire(null)).toList();
        openAndWait();
        EpochCircuitBreaker.CircuitPermit probe = circuit.tryAcquire(null);

        slow.forEach(call -> call.record(SUCCESS, ""));

        assertThat(circuit.state()).isEqualTo(CircuitState.HALF_OPEN);
        assertThat(circuit.tryAcquire(null)).as("the gate is still the probe's").isNull();
        probe.record(FAILURE, "");
        attempts(FAILURE, 1);
        assertThat(circuit.state()).isEqualTo(CircuitState.OPEN);
    }

    @Test
    void record_lateFailureOfEarlierEpoch_doesNotOpenAgain() {
        List<EpochCircuitBreaker.CircuitPermit> slow = IntStream.range(0, 10).mapToObj(call -> circuit.tryAcquire(null)).toList();
        openAndWait();
        attempts(SUCCESS, 2);

        slow.forEach(call -> call.record(FAILURE, ""));

        assertThat(circuit.state()).isEqualTo(CircuitState.CLOSED);
    }

    @Test
    void record_failureAfterSuccess_countsButNothingCountsTwice() {
        for (int stream = 0; stream < 4; stream++) {
            EpochCircuitBreaker.CircuitPermit permit = circuit.tryAcquire(null);
            permit.record(SUCCESS, "");
            permit.record(FAILURE, "");
            permit.record(FAILURE, "");
            permit.record(SUCCESS, "");
            permit.record(NEUTRAL, "");
        }
        assertThat(circuit.state()).as("8 outcomes").isEqualTo(CircuitState.CLOSED);
        EpochCircuitBreaker.CircuitPermit permit = circuit.tryAcquire(null);
        permit.record(SUCCESS, "");
        assertThat(circuit.state()).as("9 outcomes").isEqualTo(CircuitState.CLOSED);

        permit.record(FAILURE, "");

        assertThat(circuit.state()).as("10 outcomes, half of them failures").isEqualTo(CircuitState.OPEN);
    }

    @Test
    void record_probeFailsAfterItsFirstFrame_opensAgain() {
        openAndWait();
        EpochCircuitBreaker.CircuitPermit probe = circuit.tryAcquire(null);
        probe.record(SUCCESS, "");

        probe.record(FAILURE, "");
        assertThat(circuit.state()).as("one success and one failure").isEqualTo(CircuitState.HALF_OPEN);
        attempts(FAILURE, 1);

        assertThat(circuit.state()).isEqualTo(CircuitState.OPEN);
    }

    @Test
    void record_oneOddProbe_neitherOpensNorCloses() {
        openAndWait();
        attempts(FAILURE, 1);
        assertThat(circuit.state()).isEqualTo(CircuitState.HALF_OPEN);

        attempts(SUCCESS, 1);
        assertThat(circuit.state()).isEqualTo(CircuitState.HALF_OPEN);
        attempts(SUCCESS, 1);

        assertThat(circuit.state()).isEqualTo(CircuitState.CLOSED);
    }

    @Test
    void tryAcquire_probeHasNoOutcome_passesAnotherAfterTheFirstOpenTime() {
        openAndWait();
        EpochCircuitBreaker.CircuitPermit slow = circuit.tryAcquire(null);
        ticker.advance(Duration.ofSeconds(5).minusNanos(1));
        assertThat(circuit.tryAcquire(null)).isNull();
        ticker.advance(Duration.ofNanos(1));

        attempts(SUCCESS, 1);
        slow.record(SUCCESS, "");

        assertThat(circuit.state()).isEqualTo(CircuitState.CLOSED);
    }

    @Test
    void record_oneCallerFailsWhileAnotherSucceeds_neverOpens() {
        for (int round = 0; round < 50; round++) {
            attempt("good", SUCCESS);
            for (int bad = 0; bad < 20; bad++) {
                attempt("bad", FAILURE_AFTER_SENDING);
            }
            ticker.advance(Duration.ofSeconds(9));
        }

        assertThat(circuit.state()).isEqualTo(CircuitState.CLOSED);
    }

    @Test
    void record_oneCallerFailsAndNobodySucceedsAnyMore_opens() {
        attempt("good", SUCCESS);
        attempt("bad", SUCCESS);
        ticker.advance(Duration.ofSeconds(10));

        for (int bad = 0; bad < 5; bad++) {
            attempt("bad", FAILURE_AFTER_SENDING);
        }

        assertThat(circuit.state()).isEqualTo(CircuitState.OPEN);
    }

    @Test
    void record_callersFailThatHadSuccess_opens() {
        attempt("first", SUCCESS);
        attempt("second", SUCCESS);
        attempt("third", SUCCESS);

        attempt("first", FAILURE_AFTER_SENDING);
        for (int failure = 0; failure < 5; failure++) {
            attempt("second", FAILURE_AFTER_SENDING);
        }

        assertThat(circuit.state()).isEqualTo(CircuitState.OPEN);
    }

    @Test
    void record_oneCallerCannotConnectWhileAnotherHadSuccess_opens() {
        attempt("good", SUCCESS);

        for (int failure = 0; failure < 5; failure++) {
            attempt("other", FAILURE);
        }

        assertThat(circuit.state()).isEqualTo(CircuitState.OPEN);
    }

    @Test
    void record_opens_givesTheReasonOfTheLastFailure() {
        List<String> reasons = new ArrayList<>();
        EpochCircuitBreaker named = new EpochCircuitBreaker(
                ResilienceSettings.CircuitBreakerSettings.DEFAULT,
                ResilienceFixture.timeSource(ticker, () -> chance),
                (state, openTime, reason) -> reasons.add(state + reason));
        for (int failure = 1; failure <= 5; failure++) {
            named.tryAcquire(null).record(FAILURE, " refused " + failure);
        }

        assertThat(reasons).containsExactly("OPEN refused 5");
    }

    @Test
    @Timeout(20)
    void tryAcquire_manyThreadsWhileHalfOpen_onePasses() throws InterruptedException {
        for (int round = 0; round < 20; round++) {
            openAndWait();
            CountDownLatch start = new CountDownLatch(1);
            Queue<EpochCircuitBreaker.CircuitPermit> passed = new ConcurrentLinkedQueue<>();
            List<Thread> threads = IntStream.range(0, 100)
                    .mapToObj(number -> Thread.ofVirtual().start(() -> {
                        Eventually.open(start);
                        EpochCircuitBreaker.CircuitPermit permit = circuit.tryAcquire(null);
                        if (permit != null) {
                            passed.add(permit);
                        }
                    }))
                    .toList();
            start.countDown();
            for (Thread thread : threads) {
                thread.join();
            }

            assertThat(passed).hasSize(1);
            passed.remove().record(SUCCESS, "");
            attempts(SUCCESS, 1);
            assertThat(circuit.state()).isEqualTo(CircuitState.CLOSED);
        }
    }

    private void open() {
        attempts(FAILURE, 5);
        assertThat(circuit.state()).isEqualTo(CircuitState.OPEN);
    }

    private void openAndWait() {
        open();
        ticker.advance(Duration.ofSeconds(5));
    }

    private void attempt(String caller, AttemptOutcome outcome) {
        EpochCircuitBreaker.CircuitPermit permit = circuit.tryAcquire(caller);
        assertThat(permit).isNotNull();
        permit.record(outcome, "");
    }

    private void attempts(AttemptOutcome outcome, int count) {
        for (int attempt = 0; attempt < count; attempt++) {
            EpochCircuitBreaker.CircuitPermit permit = circuit.tryAcquire(null);
            assertThat(permit).isNotNull();
            permit.record(outcome, "");
        }
    }
}
