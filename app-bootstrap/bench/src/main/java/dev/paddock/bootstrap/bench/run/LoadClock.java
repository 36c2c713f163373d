package dev.paddock.bootstrap.bench.run;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The time of a load. Tests have one that does not depend on the machine. Thread-safe. */
interface LoadClock {

    /** The time of the system. */
    LoadClock SYSTEM = new LoadClock() {
        @Override
        public long now() {
            return System.nanoTime();
        }

        @Override
        public boolean awaitUntil(long time, CountDownLatch stopped) throws InterruptedException {
            return stopped.await(time - System.nanoTime(), TimeUnit.NANOSECONDS);
        }
    };

    /** Returns the time in nanoseconds, from an arbitrary origin. */
    long now();

    /** Waits until the given time; returns whether the load was stopped before, and then at once. */
    boolean awaitUntil(long time, CountDownLatch stopped) throws InterruptedException;
}
