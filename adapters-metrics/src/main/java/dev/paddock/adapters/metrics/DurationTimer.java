package dev.paddock.adapters.metrics;

import com.codahale.metrics.Clock;
import com.codahale.metrics.Timer;

/**
 * A timer together with the durations that it was given, which a timer alone does not hand out.
 *
 * @param timer what the registry shows
 * @param durations what the timer fills
 */
record DurationTimer(Timer timer, DurationHistogram durations) {

    static DurationTimer create(Clock clock) {
        DurationHistogram durations = new DurationHistogram(clock);
        return new DurationTimer(new Timer(durations, clock), durations);
    }
}
