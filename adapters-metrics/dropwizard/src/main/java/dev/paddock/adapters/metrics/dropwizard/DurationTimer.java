package dev.paddock.adapters.metrics.dropwizard;

import com.codahale.metrics.Clock;
import com.codahale.metrics.Timer;

/**
 * A timer and its durations, to which a timer alone gives no access.
 *
 * @param timer the metric in the registry
 * @param durations the durations of the timer
 */
record DurationTimer(Timer timer, DurationHistogram durations) {

    static DurationTimer create(Clock clock) {
        DurationHistogram durations = new DurationHistogram(clock);
        return new DurationTimer(new Timer(durations, clock), durations);
    }
}
