package dev.paddock.adapters.http.jdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whoever ends a call wakes its thread, which is never left with an interrupt that was not meant for it. */
class CallerThreadTest {

    private final CallerThread caller = new CallerThread();
    private final CountDownLatch waits = new CountDownLatch(1);

    @AfterEach
    void leaveNoInterruptBehind() {
        Thread.interrupted();
    }

    @Test
    void end_whileItWaits_wakesItWithoutATrace() throws Exception {
        FutureTask<Boolean> interrupted = new FutureTask<>(this::waitInVain);
        Thread.ofVirtual().start(interrupted);
        await(waits);

        caller.end();

        assertThat(interrupted.get(10, TimeUnit.SECONDS)).isFalse();
    }

    @Test
    void interrupt_whileItWaits_staysWithTheThread() throws Exception {
        FutureTask<Boolean> interrupted = new FutureTask<>(this::waitInVain);
        Thread thread = Thread.ofVirtual().start(interrupted);
        await(waits);

        thread.interrupt();

        assertThat(interrupted.get(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void end_unnoticedByTheStep_leavesNoInterrupt() throws Exception {
        String result = caller.await(() -> {
            caller.end();
            return "done";
        });

        assertThat(result).isEqualTo("done");
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void end_afterTheStep_interruptsNothing() throws Exception {
        caller.await(() -> "done");

        caller.end();

        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void interruptOfTheThread_afterItWasWoken_stays() {
        assertThatThrownBy(() -> caller.await(() -> {
                    caller.end();
                    try {
                        return waits.await(10, TimeUnit.SECONDS);
                    } finally {
                        Thread.currentThread().interrupt();
                    }
                }))
                .isInstanceOf(CancellationException.class);

        assertThat(Thread.currentThread().isInterrupted()).isTrue();
    }

    @Test
    void await_afterTheEnd_isRefused() {
        caller.end();

        assertThatThrownBy(() -> caller.await(() -> "never")).isInstanceOf(CancellationException.class);
    }

    /** Tells whether the thread is interrupted after it was woken. */
    private boolean waitInVain() {
        assertThatThrownBy(() -> caller.await(() -> {
                    waits.countDown();
                    return new CountDownLatch(1).await(10, TimeUnit.SECONDS);
                }))
                .isInstanceOf(CancellationException.class);
        return Thread.currentThread().isInterrupted();
    }

    private static void await(CountDownLatch latch) throws InterruptedException {
        assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
    }
}
