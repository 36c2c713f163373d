package dev.paddock.adapters.http.sim.fault;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A point at which the simulator waits until a test opens it, so that tests need neither sleeps nor timing.
 *
 * <p>Used with {@link Fault.Hold}, {@link Fault.HoldLoad} and {@link Fault.HoldLines}. A latch opens once and stays
 * open. Safe for use by several threads.
 */
public final class Latch {
    private final CountDownLatch arrival = new CountDownLatch(1);
    private final CompletableFuture<Void> opening = new CompletableFuture<>();

    /** Makes a closed latch. */
    public Latch() {
    }

    /** Releases everything that waits at this latch, now and later. */
    public void open() {
        opening.complete(null);
    }

    /**
     * Blocks until the simulator has come to this latch.
     *
     * @param limit the longest wait; not null
     * @return false when nothing arrived within the limit
     * @throws InterruptedException when the waiting thread is interrupted
     */
    public boolean awaitArrival(Duration limit) throws InterruptedException {
        return arrival.await(limit.toNanos(), TimeUnit.NANOSECONDS);
    }

    public CompletableFuture<Void> arrive() {
        arrival.countDown();
        return opening;
    }
}
