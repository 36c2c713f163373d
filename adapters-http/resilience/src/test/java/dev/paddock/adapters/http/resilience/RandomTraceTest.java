package dev.paddock.adapters.http.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.domain.error.LlmException;
import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.exchange.Deadline;
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
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever happens in whatever order, the guards keep what they promise. The seed is in the name of each run. */
class RandomTraceTest {

    private static final int STEPS = 1_000;
    private static final int MOST_CALLS = 4;

    private final ResilienceFixture fixture =
            new ResilienceFixture(ResilienceSettings.DEFAULT.withCallsAtOnce(MOST_CALLS));
    private final List<Answer> answers = new ArrayList<>();
    private final List<Exchange> open = new ArrayList<>();
    private final List<CallContext> contexts = new ArrayList<>();
    private final long start = fixture.ticker.nanos();
    private CallContext current = CallContext.create();
    private int calls;
    private boolean outage;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34, 55, 89})
    void anyTrace_keepsTheInvariants(long seed) {
        Random random = new Random(seed);
        fixture.backend.forever(() -> anyAnswer(random));
        for (int step = 0; step < STEPS; step++) {
            outage = step % 200 >= 150;
            switch (random.nextInt(9)) {
                case 0, 1, 2 -> openOne(random);
                case 3, 4 -> pullOne(random);
                case 5 -> closeOne(random);
                case 6 -> fixture.ticker.advance(Duration.ofMillis(random.nextInt(6_000)));
                case 7 -> cancelOne(random);
                default -> fixture.ticker.advance(Duration.ofMillis(1));
            }
            assertInvariants();
        }
        open.forEach(Exchange::close);

        assertThat(fixture.backendRegistry.circuits()).allMatch(circuit -> circuit.callsAtOnce() == 0);
        assertThat(fixture.ticker.scheduled()).as("alarms left behind").isZero();
        assertThat(fixture.metrics.decisions()).containsKeys("granted", "not_safe");
        assertThat(fixture.metrics.count(ResilienceMetrics.REFUSED.with(ScriptedBackend.URL.toString(), "circuit_open")))
                .isPositive();
    }

    private void assertInvariants() {
        List<Circuit> circuits = fixture.backendRegistry.circuits();
        answers.removeIf(answer -> !answer.isUnderWay());
        Circuit server = circuits.getFirst();
        int ofModels = circuits.stream().skip(1).mapToInt(Circuit::callsAtOnce).sum();
        assertThat(server.callsAtOnce()).as("permits taken").isEqualTo(answers.size()).isBetween(0, MOST_CALLS);
        assertThat(ofModels).as("permits taken for models").isBetween(0, server.callsAtOnce());
        assertThat(circuits)
                .allMatch(circuit -> circuit.remainingOpenTime().isZero() || circuit.state() == CircuitState.OPEN)
                .allMatch(circuit -> circuit.remainingOpenTime().compareTo(Duration.ofMinutes(1)) <= 0);
        assertBudget();
    }

    private void assertBudget() {
        Map<String, Long> decisions = fixture.metrics.decisions();
        long granted = decisions.getOrDefault("granted", 0L);
        long replays = decisions.getOrDefault("transparent", 0L);
        ResilienceSettings.Budget budget = ResilienceSettings.Budget.DEFAULT;
        double seconds = (fixture.ticker.nanos() - start) / 1e9;
        assertThat(granted + 0.0)
                .as("retries")
                .isLessThanOrEqualTo(budget.burst() + budget.perSecond() * seconds + budget.perCall() * calls);
        assertThat((long) fixture.backend.attempts()).as("attempts").isLessThanOrEqualTo(calls + granted + replays);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34, 55, 89})
    void anyTraceOfTheCircuit_passesOneProbeAtATimeAndNeverSticks(long seed) {
        Random random = new Random(seed);
        List<CircuitState> changes = new ArrayList<>();
        EpochCircuitBreaker circuit = new EpochCircuitBreaker(
                ResilienceSettings.CircuitBreakerSettings.DEFAULT, ResilienceFixture.timeSource(fixture.ticker, random::nextDouble), (state, openTime, reason) -> changes.add(state));
        List<EpochCircuitBreaker.CircuitPermit> underWay = new ArrayList<>();
        EpochCircuitBreaker.CircuitPermit latest = null;
        long latestAt = 0;
        int refusals = 0;
        for (int step = 0; step < 6 * STEPS; step++) {
            if (random.nextInt(5) == 0) {
                fixture.ticker.advance(Duration.ofMillis(random.nextInt(2_000)));
            } else if (!underWay.isEmpty() && random.nextBoolean()) {
                EpochCircuitBreaker.CircuitPermit ended = underWay.remove(random.nextInt(underWay.size()));
                boolean counts = ended.epoch == changes.size();
                CircuitState before = circuit.state();
                ended.record(AttemptOutcome.values()[random.nextInt(AttemptOutcome.values().length)], "");
                if (!counts && circuit.state() != before) {
                    throw new AssertionError("step " + step + ": an outcome of another epoch changed " + before);
                }
            } else {
                boolean probing = underWay.contains(latest)
                        && latest.epoch == changes.size()
                        && fixture.ticker.nanos() - latestAt < ResilienceSettings.OpenTime.DEFAULT.first().toNanos();
                boolean mustPass = mayPass(circuit, probing);
                EpochCircuitBreaker.CircuitPermit permit = circuit.tryAcquire(null);
                if ((permit != null) != mustPass) {
                    throw new AssertionError("step " + step + ": " + circuit.state() + ", passed: " + (permit != null));
                }
                refusals += mustPass ? 0 : 1;
                if (permit != null) {
                    underWay.add(permit);
                    latest = permit;
                    latestAt = fixture.ticker.nanos();
                }
            }
        }
        assertThat(refusals).isPositive();
    }

    private static boolean mayPass(EpochCircuitBreaker circuit, boolean probing) {
        return switch (circuit.state()) {
            case CLOSED -> true;
            case OPEN -> circuit.remainingOpenTime().isZero();
            case HALF_OPEN -> !probing;
        };
    }

    private void openOne(Random random) {
        current = CallContext.within(Duration.ofMillis(1 + random.nextInt(3_000)), fixture.ticker::nanos);
        contexts.add(current);
        calls++;
        Operation[] operations = Operation.values();
        ExchangeRequest plain = ResilienceFixture.request(operations[random.nextInt(operations.length)]);
        ExchangeRequest request = random.nextBoolean() ? plain : plain.withModel("model-" + random.nextInt(3));
        int before = fixture.backend.attempts();
        try {
            Exchange exchange = fixture.port.open(request, current);
            assertThat(exchange.head().provenance().attempts()).isEqualTo(fixture.backend.attempts() - before);
            open.add(exchange);
        } catch (LlmException failure) {
            assertThat(failure.facts().attempts()).isEqualTo(fixture.backend.attempts() - before);
        }
        assertThat(fixture.backend.attempts() - before).isLessThanOrEqualTo(5);
    }

    private void pullOne(Random random) {
        if (open.isEmpty()) {
            return;
        }
        int index = random.nextInt(open.size());
        int before = fixture.backend.attempts();
        try {
            Frame frame = open.get(index).next();
            if (frame == null) {
                assertThat(open.remove(index).next()).as("complete stays complete").isNull();
            }
        } catch (LlmException failure) {
            assertFailsAgain(open.remove(index), failure);
        }
        assertThat(fixture.backend.attempts()).as("no retry once something was delivered").isEqualTo(before);
    }

    private static void assertFailsAgain(Exchange exchange, LlmException failure) {
        try {
            exchange.next();
        } catch (LlmException again) {
            assertThat(again).isSameAs(failure);
            return;
        }
        throw new AssertionError("a failed answer went on");
    }

    private void closeOne(Random random) {
        if (!open.isEmpty()) {
            Exchange exchange = open.remove(random.nextInt(open.size()));
            exchange.close();
            exchange.close();
        }
    }

    private void cancelOne(Random random) {
        if (!contexts.isEmpty()) {
            contexts.remove(random.nextInt(contexts.size())).cancellation().cancel();
        }
    }

    private Exchange anyAnswer(Random random) {
        if (outage) {
            throw Failures.REFUSED.get();
        }
        if (random.nextInt(3) == 0) {
            Failures[] failures = Failures.values();
            throw failures[random.nextInt(failures.length)].get();
        }
        ScriptedExchange answer = switch (random.nextInt(6)) {
            case 0 -> ScriptedExchange.document(503, Headers.of("Retry-After", "1"), "busy");
            case 1 -> ScriptedExchange.document(500, Headers.EMPTY, "x".repeat(70_000), "y");
            case 2 -> ScriptedExchange.brokenStream(Failures.BODY_RESET.get());
            case 3 -> ScriptedExchange.brokenStream(Failures.TRUNCATED.get(), "a", "b");
            default -> ScriptedExchange.stream("a", "b", "c");
        };
        answers.add(new Answer(answer, current));
        return answer;
    }

    /** An answer of the server, and what its caller holds. */
    private record Answer(ScriptedExchange exchange, CallContext context) {

        boolean isUnderWay() {
            Deadline deadline = context.deadline();
            return !exchange.isOver()
                    && !context.cancellation().isCancelled()
                    && (deadline == null || !deadline.isExpired());
        }
    }
}
