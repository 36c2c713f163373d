package dev.paddock.adapters.http.sharedstate;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Lets one thread wait until it is due, or there is a reason to wake it. Thread-safe. */
class Wakeup {

    private final Semaphore reasons = new Semaphore(0);

    void signal() {
        reasons.release();
    }

    /** Waits for a reason, for the given time at most. An interrupt ends the wait and stays set. */
    void await(Duration time) {
        try {
            boolean unused = reasons.tryAcquire(time.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        int unused = reasons.drainPermits();
    }
}
