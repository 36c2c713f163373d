package dev.paddock.adapters.http.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.adapters.http.spi.TransportSettings;
import dev.paddock.domain.exchange.CallPhase;
import dev.paddock.domain.exchange.Deadline;
import dev.paddock.testsupport.Eventually;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The time limits of calls, by a clock that the test sets. */
class TimeoutSweeperTest {

    private static final PhaseLimits LIMITS =
            new PhaseLimits(Duration.ofSeconds(1), Duration.ofSeconds(10), Duration.ofSeconds(3));

    private final AtomicLong now = new AtomicLong();
    private final CallScheduler scheduler = new CallScheduler();
    private final TimeoutSweeper watches = new TimeoutSweeper(scheduler, now::get);
    private final AtomicInteger cancelled = new AtomicInteger();

    /** The test sweeps. */
    @BeforeEach
    void stop() {
        scheduler.stop();
    }

    @Test
    void sweep_phaseAtItsLimit_cancelsOnceAndNamesThePhase() {
        PhaseTimeout watch = watching(null);
        watch.phaseStarted(CallPhase.HEAD);
        passQuietly(Duration.ofMillis(9_999));
        assertThat(cancelled).hasValue(0);

        passQuietly(Duration.ofMillis(1));
        passQuietly(Duration.ofSeconds(20));

        assertThat(cancelled).hasValue(1);
        assertThat(watch.expired()).isEqualTo(CallPhase.HEAD);
    }

    @Test
    void sweep_sendingThatContinues_startsItsLimitAnew() {
        PhaseTimeout watch = watching(null);
        watch.phaseStarted(CallPhase.SEND);
        for (int piece = 0; piece < 5; piece++) {
            passQuietly(Duration.ofMillis(900));
            watch.bodyPieceSent();
        }
        assertThat(cancelled).hasValue(0);

        passQuietly(Duration.ofSeconds(1));

        assertThat(watch.expired()).isEqualTo(CallPhase.SEND);
    }

    @Test
    void sweep_connectingAndTls_haveTheirOwnLimits() {
        PhaseTimeout watch = watching(null);
        watch.phaseStarted(CallPhase.CONNECT);
        passQuietly(Duration.ofSeconds(4));
        watch.phaseStarted(CallPhase.TLS);
        passQuietly(Duration.ofSeconds(4));
        assertThat(cancelled).hasValue(0);

        passQuietly(Duration.ofSeconds(1));

        assertThat(watch.expired()).isEqualTo(CallPhase.TLS);
    }

    @Test
    void sweep_withoutAWait_onlyTheDeadlineCounts() {
        PhaseTimeout watch = watching(Deadline.after(Duration.ofMinutes(1), now::get));
        watch.start();
        watch.stop();
        passQuietly(Duration.ofSeconds(59));
        assertThat(cancelled).hasValue(0);

        passQuietly(Duration.ofSeconds(1));

        assertThat(watch.expired()).isEqualTo(CallPhase.CALL);
    }

    @Test
    void start_forTheNextPart_startsTheLimitAnew() {
        PhaseTimeout timeout = watching(null);
        for (int part = 0; part < 3; part++) {
            timeout.start();
            passQuietly(Duration.ofSeconds(2));
            timeout.stop();
        }
        timeout.start();
        passQuietly(Duration.ofSeconds(2));
        assertThat(cancelled).hasValue(0);

        passQuietly(Duration.ofSeconds(1));

        assertThat(timeout.expired()).isEqualTo(CallPhase.BODY);
    }

    @Test
    void restart_forEachPart_startsTheLimitAnew() {
        PhaseTimeout timeout = watching(null);
        timeout.start();
        for (int part = 0; part < 20; part++) {
            passQuietly(Duration.ofMillis(2_999));
            timeout.restart();
        }
        assertThat(cancelled).hasValue(0);

        passQuietly(Duration.ofSeconds(3));

        assertThat(timeout.expired()).isEqualTo(CallPhase.BODY);
    }

    @Test
    void restart_afterHeartbeats_forgetsWhatTheyTook() {
        PhaseTimeout timeout = watching(null);
        timeout.start();
        passQuietly(Duration.ofSeconds(2));
        timeout.pause();
        timeout.start();
        timeout.restart();
        passQuietly(Duration.ofMillis(2_999));
        assertThat(cancelled).hasValue(0);

        passQuietly(Duration.ofMillis(1));

        assertThat(timeout.expired()).isEqualTo(CallPhase.BODY);
    }

    @Test
    void restart_withinTheLimitOfTheFirstPart_startsThatOfTheNext() {
        PhaseTimeout timeout = watching(null);
        timeout.startFirst();
        passQuietly(Duration.ofSeconds(9));
        timeout.restart();
        passQuietly(Duration.ofMillis(2_999));
        assertThat(cancelled).hasValue(0);

        passQuietly(Duration.ofMillis(1));

        assertThat(timeout.limitOf(CallPhase.BODY)).isEqualTo(LIMITS.gap());
        assertThat(timeout.expired()).isEqualTo(CallPhase.BODY);
    }

    @Test
    void start_shorterLimitAfterALongerOne_isNoticedInTime() {
        PhaseTimeout timeout = watching(null);
        timeout.phaseStarted(CallPhase.HEAD);
        passQuietly(Duration.ofSeconds(1));
        timeout.start(Duration.ofMillis(500));
        passQuietly(Duration.ofMillis(499));
        assertThat(cancelled).hasValue(0);

        passQuietly(Duration.ofMillis(1));

        assertThat(timeout.expired()).isEqualTo(CallPhase.BODY);
    }

    @Test
    void sweep_limitsOfMinutesAndYears_areNoticedInTime() {
        PhaseTimeout minutes = watching(Deadline.after(Duration.ofMinutes(3), now::get));
        PhaseTimeout years = watching(Deadline.after(Duration.ofNanos(Long.MAX_VALUE), now::get));
        minutes.start(Duration.ofNanos(Long.MAX_VALUE));
        years.start(Duration.ofNanos(Long.MAX_VALUE));
        passQuietly(Duration.ofMinutes(3).minusMillis(1));
        assertThat(cancelled).hasValue(0);

        passQuietly(Duration.ofMillis(1));

        assertThat(minutes.expired()).isEqualTo(CallPhase.CALL);
        assertThat(years.expired()).isNull();
    }

    @Test
    void sweep_manyCallsInDifferentPhases_cancelsEachAtItsOwnLimit() {
        List<PhaseTimeout> timeouts = new ArrayList<>();
        for (int call = 0; call < 300; call++) {
            PhaseTimeout timeout = watching(null);
            timeout.start(Duration.ofMillis(37L * (call + 1)));
            timeouts.add(timeout);
        }
        for (int call = 0; call < 300; call++) {
            passQuietly(Duration.ofMillis(36));
            assertThat(timeouts.get(call).expired()).as("call %d before its limit", call).isNull();
            passQuietly(Duration.ofMillis(1));
            assertThat(timeouts.get(call).expired()).as("call %d at its limit", call).isEqualTo(CallPhase.BODY);
        }
    }

    @Test
    void pause_heartbeatAfterHeartbeat_haveOneLimitTogether() {
        PhaseTimeout timeout = watching(null);
        for (int heartbeat = 0; heartbeat < 5; heartbeat++) {
            timeout.start();
            passQuietly(Duration.ofMillis(500));
            timeout.pause();
        }
        timeout.start();
        passQuietly(Duration.ofMillis(400));
        assertThat(cancelled).hasValue(0);

        passQuietly(Duration.ofMillis(100));

        assertThat(timeout.expired()).isEqualTo(CallPhase.BODY);
    }

    @Test
    void sweep_afterAPauseOfTheProcess_letsCallsReadTheBytesThatArrived() {
        PhaseTimeout watch = watching(null);
        watch.start();
        now.addAndGet(Duration.ofMinutes(1).toNanos());
        watches.sweep();
        assertThat(cancelled).as("at the first sweep after the pause").hasValue(0);

        passQuietly(Duration.ofMillis(500));

        assertThat(watch.expired()).isEqualTo(CallPhase.BODY);
    }

    @Test
    void sweep_processIsStoppedAgainAndAgain_phaseHasOneMomentMore() {
        PhaseTimeout timeout = watching(null);
        timeout.start();
        now.addAndGet(Duration.ofSeconds(3).toNanos());
        watches.sweep();
        passQuietly(Duration.ofMillis(400));
        assertThat(cancelled).as("within the half second after the first pause").hasValue(0);

        runAndStop(Duration.ofMillis(50));

        assertThat(timeout.expired()).isEqualTo(CallPhase.BODY);
    }

    @Test
    void sweep_heartbeatsWhileTheProcessIsStoppedAgainAndAgain_haveOneMomentTogether() {
        PhaseTimeout timeout = watching(null);
        timeout.start();
        for (int second = 0; second < 4; second++) {
            runAndStop(Duration.ofMillis(350));
            timeout.pause();
            timeout.start();
        }
        runAndStop(Duration.ofMillis(350));

        assertThat(timeout.expired()).isEqualTo(CallPhase.BODY);
    }

    @Test
    void sweep_processIsStoppedAgainAndAgain_deadlineHasNoMomentMore() {
        PhaseTimeout timeout = watching(Deadline.after(Duration.ofSeconds(2), now::get));
        timeout.start();
        runAndStop(Duration.ofMillis(350));
        assertThat(timeout.expired()).isNull();

        runAndStop(Duration.ofMillis(350));

        assertThat(timeout.expired()).as("after two seconds").isEqualTo(CallPhase.CALL);
    }

    @Test
    void start_afterAFrame_hasAMomentAgain() {
        PhaseTimeout timeout = watching(null);
        timeout.start();
        now.addAndGet(Duration.ofSeconds(3).toNanos());
        watches.sweep();
        timeout.stop();
        timeout.start();
        now.addAndGet(Duration.ofSeconds(3).toNanos());

        watches.sweep();

        assertThat(cancelled).hasValue(0);
    }

    @Test
    void start_afterAHeartbeatWithAFrame_hasAMomentAgain() {
        PhaseTimeout timeout = watching(null);
        timeout.start();
        now.addAndGet(Duration.ofSeconds(3).toNanos());
        watches.sweep();
        timeout.pause();
        timeout.stop();
        timeout.start();
        now.addAndGet(Duration.ofSeconds(3).toNanos());

        watches.sweep();

        assertThat(cancelled).hasValue(0);
    }

    @Test
    void sweep_oneCallCannotBeCancelled_theOthersHaveTheirTimeouts() {
        for (int call = 0; call < 20; call++) {
            PhaseTimeout broken = watching(null);
            broken.onExpiry(() -> {
                throw new OutOfMemoryError("for the test");
            });
            broken.start();
            watching(null).start();
        }

        passQuietly(Duration.ofSeconds(3));

        assertThat(cancelled).hasValue(20);
    }

    @Test
    void every_runEndsWithAnError_runsAgain() {
        CallScheduler running = new CallScheduler();
        AtomicInteger runs = new AtomicInteger();
        running.every(Duration.ofMillis(1), () -> {
            if (runs.incrementAndGet() % 2 == 1) {
                throw new StackOverflowError("for the test");
            }
        });

        Eventually.await("runs after an error", () -> runs.get() > 4);
        running.stop();
    }

    @Test
    void onExpiry_deadlinePassedBefore_cancelsAtOnce() {
        Deadline deadline = Deadline.after(Duration.ofSeconds(1), now::get);
        now.addAndGet(Duration.ofSeconds(1).toNanos());

        watching(deadline);

        assertThat(cancelled).hasValue(1);
    }

    @Test
    void remove_endedCall_isNotCancelledAnyMore() {
        PhaseTimeout watch = watching(null);
        watch.start();
        watches.remove(watch);

        passQuietly(Duration.ofMinutes(1));

        assertThat(cancelled).hasValue(0);
    }

    private PhaseTimeout watching(@Nullable Deadline deadline) {
        PhaseTimeout watch = watches.newTimeout(LIMITS, deadline, TransportSettings.DEFAULT);
        watches.add(watch);
        watch.onExpiry(cancelled::incrementAndGet);
        return watch;
    }

    /** Lets a process run for the given time and stops it for 650 ms. */
    private void runAndStop(Duration running) {
        passQuietly(running);
        now.addAndGet(Duration.ofMillis(650).toNanos());
        watches.sweep();
    }

    /** Lets time pass with a sweep at every step, as in a process that runs without interruption. */
    private void passQuietly(Duration time) {
        long end = now.get() + time.toNanos();
        while (now.get() < end) {
            now.set(Math.min(end, now.get() + Duration.ofMillis(100).toNanos()));
            watches.sweep();
        }
    }
}
