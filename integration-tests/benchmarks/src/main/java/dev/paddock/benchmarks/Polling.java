package dev.paddock.benchmarks;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Waits for a state of another process by polling. */
public final class Polling {

    private static final long INTERVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private Polling() {}

    /** Waits until a check succeeds; returns false when it has not done so within the time limit. */
    public static boolean await(Duration limit, Check check) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!check.succeeds()) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            LockSupport.parkNanos(INTERVAL_NANOS);
        }
        return true;
    }

    /** A check of the state. */
    @FunctionalInterface
    public interface Check {

        /** Returns whether the state has been reached. */
        boolean succeeds() throws IOException, InterruptedException;
    }
}
