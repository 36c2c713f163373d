package dev.paddock.adapters.metrics.dropwizard;

import com.codahale.metrics.Clock;
import dev.paddock.domain.time.Ticker;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** Time that stands still until it is moved. */
final class ManualClock extends Clock implements Ticker {

    private final AtomicLong nanos = new AtomicLong(1_000_000_000L);

    void advance(Duration duration) {
        nanos.addAndGet(duration.toNanos());
    }

    @Override
    public long nanos() {
        return nanos.get();
    }

    @Override
    public long getTick() {
        return nanos.get();
    }
}
