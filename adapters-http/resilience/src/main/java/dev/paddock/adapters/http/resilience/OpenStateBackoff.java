package dev.paddock.adapters.http.resilience;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * The open time of a circuit: doubled after each failed trial, with jitter of a fifth, so that clients that lost a server together do
 * not return together. Guarded by the lock of the circuit.
 */
final class OpenStateBackoff {

    private static final double JITTER = 0.2;
    /** Doubling once more changes nothing: the longest time is reached long before. */
    private static final int MOST_DOUBLINGS = 40;

    private final ResilienceSettings.OpenTime settings;
    private final DoubleSupplier random;
    private int failedTrials;

    /**
     * Creates the times.
     *
     * @param random supplies random numbers from 0 (the shortest time) to less than 1
     */
    OpenStateBackoff(ResilienceSettings.OpenTime settings, DoubleSupplier random) {
        this.settings = settings;
        this.random = random;
    }

    /** Returns the time after the circuit was closed. */
    Duration afterClosed() {
        failedTrials = 0;
        return time();
    }

    /** Returns the time after a trial that failed. */
    Duration afterFailedTrial() {
        failedTrials = Math.min(failedTrials + 1, MOST_DOUBLINGS);
        return time();
    }

    private Duration time() {
        double longest = settings.upperBound().toNanos();
        double doubled = Math.min(longest, Math.scalb((double) settings.first().toNanos(), failedTrials));
        double varied = doubled * (1 - JITTER + 2 * JITTER * random.getAsDouble());
        return Duration.ofNanos((long) Math.min(longest, varied));
    }
}
