package dev.paddock.adapters.http.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.adapters.http.spi.TransportSettings;
import dev.paddock.domain.exchange.CallPhase;
import dev.paddock.domain.exchange.Deadline;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When the time of a call is over, on a clock that the test holds in its hand. */
class CallWatchesTest {

    private static final PhaseLimits LIMITS =
            new PhaseLimits(Duration.ofSeconds(1), Duration.ofSeconds(10), Duration.ofSeconds(3));

    private final AtomicLong now = new AtomicLong();
    private final CallScheduler scheduler = new CallScheduler();
    private final CallWatches watches = new CallWatches(scheduler, now::get);
    private final AtomicInteger cancelled = new AtomicInteger();

    /** The test does the looking. */
    @BeforeEach
    void stop() {
        scheduler.stop();
    }

    @Test
    void look_phaseAtItsLimit_cancelsOnceAndNamesThePhase() {
        CallWatch watch = watching(null);
        watch.entered(CallPhase.HEAD);
        passQuietly(Duration.ofMillis(9_999));
        assertThat(cancelled).hasValue(0);

        passQuietly(Duration.ofMillis(1));
        passQuietly(Duration.ofSeconds(20));

        assertThat(cancelled).hasValue(1);
        assertThat(watch.expired()).isEqualTo(CallPhase.HEAD);
    }

    @Test
    void look_sendingThatGetsOn_startsItsLimitAnew() {
        CallWatch watch = watching(null);
        watch.entered(CallPhase.SEND);
        for (int piece = 0; piece < 5; piece++) {
            passQuietly(Duration.ofMillis(900));
            watch.sent();
        }
        assertThat(cancelled).hasValue(0);

        passQuietly(Duration.ofSeconds(1));

        assertThat(watch.expired()).isEqualTo(CallPhase.SEND);
    }

    @Test
    void look_connectingAndTls_haveTheirOwnLimits() {
        CallWatch watch = watching(null);
        watch.entered(CallPhase.CONNECT);
        passQuietly(Duration.ofSeconds(4));
        watch.entered(CallPhase.TLS);
        passQuietly(Duration.ofSeconds(4));
        assertThat(cancelled).hasValue(0);

        passQuietly(Duration.ofSeconds(1));

        assertThat(watch.expired()).isEqualTo(CallPhase.TLS);
    }

    @Test
    void look_nobodyWaits_onlyTheDeadlineCounts() {
        CallWatch watch = watching(Deadline.after(Duration.ofMinutes(1), now::get));
        watch.await();
        watch.rest();
        passQuietly(Duration.ofSeconds(59));
        assertThat(cancelled).hasValue(0);

        passQuietly(Duration.ofSeconds(1));

        assertThat(watch.expired()).isEqualTo(CallPhase.CALL);
    }

    @Test
    void await_whileWaitingAlready_doesNotStartTheLimitAnew() {
        CallWatch watch = watching(null);
        assertThat(watch.await()).isTrue();
        passQuietly(Duration.ofSeconds(2));
        assertThat(watch.await()).isFalse();

        passQuietly(Duration.ofSeconds(1));

        assertThat(watch.expired()).isEqualTo(CallPhase.BODY);
    }

    @Test
    void look_afterAStandstillOfThisProcess_givesCallsAMomentToReadWhatCame() {
        CallWatch watch = watching(null);
        watch.await();
        now.addAndGet(Duration.ofMinutes(1).toNanos());
        watches.look();
        assertThat(cancelled).as("at the first look after the standstill").hasValue(0);

        passQuietly(Duration.ofMillis(500));

        assertThat(watch.expired()).isEqualTo(CallPhase.BODY);
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
        CallWatch watch = watching(null);
        watch.await();
        watches.remove(watch);

        passQuietly(Duration.ofMinutes(1));

        assertThat(cancelled).hasValue(0);
    }

    private CallWatch watching(@Nullable Deadline deadline) {
        CallWatch watch = watches.watch(LIMITS, deadline, TransportSettings.DEFAULT);
        watches.add(watch);
        watch.onExpiry(cancelled::incrementAndGet);
        return watch;
    }

    /** Lets time pass with a look at every step, as in a process that runs without interruption. */
    private void passQuietly(Duration time) {
        long end = now.get() + time.toNanos();
        while (now.get() < end) {
            now.set(Math.min(end, now.get() + Duration.ofMillis(100).toNanos()));
            watches.look();
        }
    }
}
