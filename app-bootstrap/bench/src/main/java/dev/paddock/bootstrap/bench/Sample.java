package dev.paddock.bootstrap.bench;

import static java.util.Objects.requireNonNull;

/**
 * One measured request.
 *
 * @param due when it was to start, by {@link System#nanoTime}; that it started later is part of what is measured
 * @param ended when its outcome was there, by the same clock
 * @param outcome what became of it
 */
record Sample(long due, long ended, RequestOutcome outcome) {

    Sample {
        requireNonNull(outcome, "outcome");
    }

    long latency() {
        return Math.max(0, ended - due);
    }
}
