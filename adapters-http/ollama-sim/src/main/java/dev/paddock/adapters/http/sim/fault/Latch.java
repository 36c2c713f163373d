package dev.paddock.adapters.http.sim.fault;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A point at which the simulator waits until a test opens it, so that tests need neither sleeps nor timing.
 *
 * <p>Used with {@link Fault.Hold}, {@link Fault.HoldLoad} and {@link Fault.HoldLines}. A latch opens once and stays open.
 * Safe for use by several threads.
 */
public final class Latch {
    private final CompletableFuture<Void> arrival = new CompletableFuture<>();
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
        requireNonNull(limit, "limit");
        try {
            arrival.get(limit.toNanos(), TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException late) {
            return false;
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    public CompletableFuture<Void> arrive() {
        arrival.complete(null);
        return opening;
    }
}
