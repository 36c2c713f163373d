package dev.paddock.adapters.http.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.paddock.adapters.http.spi.TransportException;
import dev.paddock.adapters.http.spi.TransportFailure;
import dev.paddock.domain.exchange.Cancellation;
import dev.paddock.domain.pool.PoolLimits;
import dev.paddock.domain.pool.WhenFull;
import dev.paddock.testsupport.Eventually;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ConnectionPermitsTest {

    @Test
    void acquire_allInUseAndSetToFail_failsAtOnceAndIsCounted() {
        ConnectionPermits permits = permits(2, WhenFull.FAIL, Duration.ofSeconds(5));
        permits.acquire(Cancellation.create());
        ConnectionPermits.Permit second = permits.acquire(Cancellation.create());

        assertFailure(permits, TransportFailure.POOL_FULL);

        assertThat(permits.exhausted()).isEqualTo(1);
        assertThat(permits.inUse()).isEqualTo(2);
        second.release();
        assertThat(permits.acquire(Cancellation.create()).isOverflow()).isFalse();
    }

    @Test
    void refuses_allInUseAndSetToFail_countsCallsThatArePreparedForNothing() {
        ConnectionPermits permits = permits(1, WhenFull.FAIL, Duration.ofSeconds(5));
        assertThat(permits.refuses()).isFalse();
        ConnectionPermits.Permit only = permits.acquire(Cancellation.create());

        assertThat(permits.refuses()).isTrue();
        assertThat(permits.exhausted()).isEqualTo(1);
        only.release();
        assertThat(permits.refuses()).isFalse();
    }

    @Test
    void refuses_callsWaitOrOverflow_never() {
        for (WhenFull whenFull : List.of(WhenFull.WAIT, WhenFull.OVERFLOW)) {
            ConnectionPermits permits = permits(1, whenFull, Duration.ofSeconds(5));
            permits.acquire(Cancellation.create());

            assertThat(permits.refuses()).isFalse();
            assertThat(permits.exhausted()).isZero();
        }
    }

    @Test
    void acquire_refused_hasNoStackTrace() {
        ConnectionPermits permits = permits(1, WhenFull.FAIL, Duration.ofSeconds(5));
        permits.acquire(Cancellation.create());

        assertThat(catchThrowableOfType(TransportException.class, () -> permits.acquire(Cancellation.create())).getStackTrace())
                .isEmpty();
    }

    @Test
    void acquire_allInUseAndSetToOverflow_goesBeyondTheLimitAndComesBack() {
        ConnectionPermits permits = permits(1, WhenFull.OVERFLOW, Duration.ofSeconds(5));
        ConnectionPermits.Permit within = permits.acquire(Cancellation.create());
        ConnectionPermits.Permit beyond = permits.acquire(Cancellation.create());

        assertThat(within.isOverflow()).isFalse();
        assertThat(beyond.isOverflow()).isTrue();
        assertThat(permits.inUse()).isEqualTo(2);
        within.release();
        assertThat(permits.inUse()).isEqualTo(1);
        beyond.release();
        assertThat(permits.inUse()).isZero();
    }

    @Test
    void acquire_allInUseAndSetToWait_servesWaitersInTheOrderTheyCame() throws Exception {
        ConnectionPermits permits = permits(1, WhenFull.WAIT, Duration.ofSeconds(10));
        ConnectionPermits.Permit held = permits.acquire(Cancellation.create());
        BlockingQueue<Integer> served = new LinkedBlockingQueue<>();
        for (int number = 1; number <= 3; number++) {
            int waiter = number;
            Thread.ofVirtual().start(() -> {
                ConnectionPermits.Permit permit = permits.acquire(Cancellation.create());
                served.add(waiter);
                permit.release();
            });
            Eventually.await("waiter " + waiter + " queues", () -> permits.pending() == waiter);
        }

        held.release();

        for (int expected = 1; expected <= 3; expected++) {
            assertThat(served.poll(10, TimeUnit.SECONDS)).isEqualTo(expected);
        }
        Eventually.await("all permits are back", () -> permits.inUse() == 0);
    }

    @Test
    void acquire_nobodyReleases_failsAfterTheLeaseTimeoutAndLeavesTheQueue() {
        ConnectionPermits permits = permits(1, WhenFull.WAIT, Duration.ofMillis(20));
        permits.acquire(Cancellation.create());

        assertFailure(permits, TransportFailure.LEASE_TIMEOUT);

        assertThat(permits.pending()).isZero();
        assertThat(permits.inUse()).isEqualTo(1);
    }

    @Test
    void acquire_cancelledWhileWaiting_failsAndLeavesTheQueue() throws Exception {
        ConnectionPermits permits = permits(1, WhenFull.WAIT, Duration.ofMinutes(1));
        permits.acquire(Cancellation.create());
        Cancellation cancellation = Cancellation.create();
        CompletableFuture<TransportFailure> outcome = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> outcome.complete(failureOf(permits, cancellation)));
        Eventually.await("the call waits", () -> permits.pending() == 1);

        cancellation.cancel();

        assertThat(outcome.get(10, TimeUnit.SECONDS)).isEqualTo(TransportFailure.CANCELLED);
        assertThat(permits.pending()).isZero();
    }

    @Test
    void release_twice_givesBackOnePermit() {
        ConnectionPermits permits = permits(2, WhenFull.FAIL, Duration.ofSeconds(1));
        ConnectionPermits.Permit first = permits.acquire(Cancellation.create());
        permits.acquire(Cancellation.create());

        first.release();
        first.release();

        assertThat(permits.inUse()).isEqualTo(1);
    }

    @Test
    void acquire_stormOfCancelsTimeoutsAndReleases_neverExceedsTheLimitAndLeaksNothing() throws Exception {
        ConnectionPermits permits = permits(8, WhenFull.WAIT, Duration.ofMillis(5));
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> calls = new ArrayList<>();
            for (int number = 0; number < 4000; number++) {
                boolean cancels = number % 3 == 0;
                calls.add(threads.submit(() -> {
                    Cancellation cancellation = Cancellation.create();
                    if (cancels) {
                        threads.submit(cancellation::cancel);
                    }
                    try {
                        ConnectionPermits.Permit permit = permits.acquire(cancellation);
                        most.accumulateAndGet(now.incrementAndGet(), Math::max);
                        Thread.yield();
                        now.decrementAndGet();
                        permit.release();
                    } catch (TransportException expected) {
                        assertThat(expected.failure())
                                .isIn(TransportFailure.CANCELLED, TransportFailure.LEASE_TIMEOUT);
                    }
                }));
            }
            for (Future<?> call : calls) {
                call.get(30, TimeUnit.SECONDS);
            }
        }

        assertThat(most.get()).isBetween(1, 8);
        assertThat(permits.inUse()).isZero();
        assertThat(permits.pending()).isZero();
    }

    private static ConnectionPermits permits(int limit, WhenFull whenFull, Duration leaseTimeout) {
        return new ConnectionPermits(new PoolLimits(10, limit, whenFull, leaseTimeout));
    }

    private static void assertFailure(ConnectionPermits permits, TransportFailure failure) {
        assertThatExceptionOfType(TransportException.class)
                .isThrownBy(() -> permits.acquire(Cancellation.create()))
                .satisfies(thrown -> assertThat(thrown.failure()).isEqualTo(failure));
    }

    private static TransportFailure failureOf(ConnectionPermits permits, Cancellation cancellation) {
        try {
            permits.acquire(cancellation);
            throw new AssertionError("a permit was granted");
        } catch (TransportException failure) {
            return failure.failure();
        }
    }
}
