package dev.paddock.adapters.http.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.paddock.domain.error.CircuitOpenException;
import dev.paddock.domain.error.LlmException;
import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.exchange.Cancellation;
import dev.paddock.domain.exchange.Exchange;
import dev.paddock.domain.exchange.Operation;
import dev.paddock.domain.resilience.Circuit;
import dev.paddock.domain.resilience.CircuitState;
import dev.paddock.testsupport.Eventually;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Permits come back when the caller has given up, even if nobody reads or closes the answer and the attempt does not end. */
@Timeout(20)
class PermitReleaseTest {

    private static final Duration LIMIT = Duration.ofMinutes(1);

    private final ResilienceFixture fixture = new ResilienceFixture(ResilienceSettings.DEFAULT
            .withRetry(ResilienceSettings.Retry.DEFAULT.withMaxRetries(0))
            .withCallsAtOnce(1));
    private final CallContext context = CallContext.within(LIMIT, fixture.ticker::nanos);

    @ParameterizedTest
    @EnumSource
    void open_nobodyReadsOrCloses_permitsComeBackWhenTheCallerGivesUp(GivingUp givingUp) {
        fixture.backend.forever(() -> ScriptedExchange.stream("a", "b"));
        open(context);
        assertThat(catchThrowableOfType(LlmException.class, () -> open(CallContext.create()))).isNotNull();

        givingUp.happen(this);

        assertThat(fixture.backendRegistry.circuits()).hasSize(2).allMatch(circuit -> circuit.callsAtOnce() == 0);
        open(CallContext.create());
    }

    @ParameterizedTest
    @EnumSource
    void open_attemptDoesNotEnd_theNextCallMayTryWhenTheCallerGivesUp(GivingUp givingUp) throws InterruptedException {
        fixture.backend.failForever(Failures.REFUSED);
        for (int call = 0; call < 5; call++) {
            catchThrowableOfType(LlmException.class, () -> open(CallContext.create()));
        }
        fixture.ticker.advance(Duration.ofSeconds(5));
        CountDownLatch stuck = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        fixture.backend.forever(() -> ScriptedExchange.stream("a")).then(() -> {
            stuck.countDown();
            Eventually.open(release);
            return ScriptedExchange.stream("late");
        });
        CallContext probing = CallContext.within(LIMIT, fixture.ticker::nanos);
        Thread probe = Thread.ofVirtual().start(() -> open(probing));
        assertThat(stuck.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(server()).extracting(Circuit::state, Circuit::callsAtOnce)
                .containsExactly(CircuitState.HALF_OPEN, 1);

        givingUp.happen(this, probing);

        assertThat(server()).extracting(Circuit::state, Circuit::callsAtOnce)
                .containsExactly(CircuitState.HALF_OPEN, 0);
        open(CallContext.create()).close();
        open(CallContext.create()).close();
        assertThat(server().state()).isEqualTo(CircuitState.CLOSED);
        release.countDown();
        probe.join();
        assertThat(fixture.backendRegistry.circuits()).allMatch(circuit -> circuit.callsAtOnce() == 0);
    }

    @Test
    void open_deadlinePassesWhileTheProbeOfAModelWaits_theNextCallMayTryTheModel() {
        fixture.backend.forever(() -> ScriptedExchange.brokenStream(Failures.TRUNCATED.get()));
        for (int call = 0; call < 5; call++) {
            catchThrowableOfType(LlmException.class, () -> open(CallContext.create()));
        }
        assertThat(catchThrowableOfType(CircuitOpenException.class, () -> open(CallContext.create()))).isNotNull();
        fixture.ticker.advance(Duration.ofSeconds(5));
        fixture.backend.forever(() -> ScriptedExchange.stream("a")).then(() -> {
            fixture.ticker.advance(LIMIT);
            open(CallContext.create()).close();
            open(CallContext.create()).close();
            throw Failures.DEADLINE.get();
        });

        catchThrowableOfType(LlmException.class, () -> open(CallContext.within(LIMIT, fixture.ticker::nanos)));

        assertThat(fixture.backendRegistry.circuits()).allMatch(circuit -> circuit.state() == CircuitState.CLOSED);
        assertThat(fixture.backend.attempts()).isEqualTo(8);
    }

    @Test
    void close_beforeTheDeadline_leavesNoAlarmAndNoActionBehind() {
        fixture.backend.forever(() -> ScriptedExchange.stream("a", "b"));
        for (int call = 0; call < 3; call++) {
            Exchange exchange = open(context);
            assertThat(fixture.ticker.scheduled()).isEqualTo(1);
            exchange.close();
            assertThat(fixture.ticker.scheduled()).isZero();
        }
        ResilienceFixture.readAll(open(context));
        assertThat(fixture.ticker.scheduled()).isZero();

        context.cancellation().cancel();
        fixture.ticker.advance(LIMIT);

        assertThat(server().callsAtOnce()).isZero();
    }

    @Test
    void open_callerHasGivenUpBefore_takesNoPermitForLong() {
        fixture.backend.forever(() -> ScriptedExchange.stream("a"));
        context.cancellation().cancel();

        open(context);

        assertThat(fixture.backendRegistry.circuits()).allMatch(circuit -> circuit.callsAtOnce() == 0);
        assertThat(fixture.ticker.scheduled()).isZero();
    }

    @Test
    void real_timePasses_rings() throws InterruptedException {
        CountDownLatch rung = new CountDownLatch(1);
        long start = System.nanoTime();

        Cancellation.Registration registration = TimeSource.system(System::nanoTime).scheduler().schedule(Duration.ofMillis(20), rung::countDown);

        assertThat(rung.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(Duration.ofMillis(20).toNanos());
        registration.close();
    }

    @Test
    void real_closedBefore_doesNotRing() throws InterruptedException {
        TimeSource.Scheduler scheduler = TimeSource.system(System::nanoTime).scheduler();
        AtomicInteger rings = new AtomicInteger();
        CountDownLatch closed = new CountDownLatch(1);
        CountDownLatch later = new CountDownLatch(1);

        // There is one timer thread: while it is held up, nothing else can ring.
        scheduler.schedule(Duration.ZERO, () -> awaitUninterrupted(closed));
        scheduler.schedule(Duration.ofMillis(1), rings::incrementAndGet).close();
        scheduler.schedule(Duration.ofMillis(2), later::countDown);
        closed.countDown();

        assertThat(later.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(rings).hasValue(0);
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    private Exchange open(CallContext with) {
        return fixture.port.open(ResilienceFixture.request(Operation.CHAT).withModel("m"), with);
    }

    private Circuit server() {
        return fixture.backendRegistry.circuits().getFirst();
    }

    /** How a caller gives up. */
    enum GivingUp {
        CANCEL,
        DEADLINE;

        void happen(PermitReleaseTest test) {
            happen(test, test.context);
        }

        void happen(PermitReleaseTest test, CallContext call) {
            switch (this) {
                case CANCEL -> call.cancellation().cancel();
                case DEADLINE -> test.fixture.ticker.advance(LIMIT);
            }
        }
    }
}
