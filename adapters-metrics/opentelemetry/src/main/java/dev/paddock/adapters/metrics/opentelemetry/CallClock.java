package dev.paddock.adapters.metrics.opentelemetry;

import dev.paddock.domain.time.Ticker;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;

/**
 * The time of one call: the wall clock at its start, and from then on the ticker, so that no time of a span is before another one that was
 * earlier.
 *
 * @param start when the call started, in nanoseconds since 1970
 * @param tick the ticker at that moment
 * @param ticker measures the time since
 */
record CallClock(long start, long tick, Ticker ticker) {

    static CallClock startNow(InstantSource clock, Ticker ticker) {
        Instant now = clock.instant();
        return new CallClock(TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano(), ticker.nanos(), ticker);
    }

    /** Returns the present time in nanoseconds since 1970. */
    long now() {
        return start + (ticker.nanos() - tick);
    }
}
