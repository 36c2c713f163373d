package dev.paddock.testsupport;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Waits for what another thread or another process is about to do, without sleeping for a guessed time. */
public final class Eventually {

    /** Longer than any healthy run needs; only a failing test waits this long. */
    public static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final Duration STANDSTILL = Duration.ofMillis(300);
    private static final long LOOK_AGAIN_NANOS = 200_000;

    private Eventually() {}

    /**
     * Returns when the condition holds.
     *
     * @throws AssertionError if it does not within {@link #PATIENCE}
     */
    public static void await(String what, BooleanSupplier condition) {
        await(() -> what, condition);
    }

    /** Returns when the condition holds; for a condition that needs no description. */
    public static void await(BooleanSupplier condition) {
        await(() -> "what the test waits for", condition);
    }

    /** Returns when the condition holds; the description is made only when it does not. */
    public static void await(Supplier<String> what, BooleanSupplier condition) {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - start > PATIENCE.toNanos()) {
                throw new AssertionError("never happened: " + what.get());
            }
            LockSupport.parkNanos(LOOK_AGAIN_NANOS);
        }
    }

    /**
     * Returns when a count has begun and has not changed for 300 milliseconds. On a busy machine it may still change: the test then sees
     * less than it could.
     *
     * @throws AssertionError if the count goes on changing for {@link #PATIENCE}
     */
    public static void awaitStandstill(String what, LongSupplier count) {
        long[] last = {0, System.nanoTime()};
        await(what, () -> {
            long current = count.getAsLong();
            if (current != last[0]) {
                last[0] = current;
                last[1] = System.nanoTime();
            }
            return current > 0 && System.nanoTime() - last[1] > STANDSTILL.toNanos();
        });
    }

    /**
     * Returns when the latch is open.
     *
     * @throws AssertionError if it is not within {@link #PATIENCE}
     */
    public static void open(CountDownLatch latch) {
        try {
            if (!latch.await(PATIENCE.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new AssertionError("the latch never opened");
            }
        } catch (InterruptedException interrupted) {
            throw interrupted(interrupted);
        }
    }

    /**
     * Takes what comes next through the queue.
     *
     * @throws AssertionError if nothing comes within {@link #PATIENCE}
     */
    public static <T> T next(BlockingQueue<T> queue) {
        try {
            @Nullable T next = queue.poll(PATIENCE.toNanos(), TimeUnit.NANOSECONDS);
            if (next == null) {
                throw new AssertionError("nothing came");
            }
            return next;
        } catch (InterruptedException interrupted) {
            throw interrupted(interrupted);
        }
    }

    private static AssertionError interrupted(InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        return new AssertionError("interrupted during a wait", interrupted);
    }
}
