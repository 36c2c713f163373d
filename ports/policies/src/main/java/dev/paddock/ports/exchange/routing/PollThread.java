package dev.paddock.ports.exchange.routing;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Repeats a task in a virtual thread. Thread-safe. */
final class PollThread implements PollSchedule.Repetition {

    private final Supplier<Duration> turn;
    private final Semaphore wake = new Semaphore(0);
    private volatile boolean closed;

    private PollThread(Supplier<Duration> turn) {
        this.turn = turn;
    }

    static PollThread start(Supplier<Duration> turn) {
        PollThread started = new PollThread(turn);
        Thread.ofVirtual().name("paddock-backend-poller").start(started::run);
        return started;
    }

    private void run() {
        try {
            while (!closed) {
                boolean unused = wake.tryAcquire(turn.get().toNanos(), TimeUnit.NANOSECONDS);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void wake() {
        if (wake.availablePermits() == 0) {
            wake.release();
        }
    }

    @Override
    public void close() {
        closed = true;
        wake();
    }
}
