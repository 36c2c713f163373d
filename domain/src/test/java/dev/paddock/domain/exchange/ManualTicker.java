package dev.paddock.domain.exchange;

import dev.paddock.domain.time.Ticker;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** Time that stands still until it is moved. */
final class ManualTicker implements Ticker {

    private final AtomicLong nanos;

    ManualTicker(long start) {
        this.nanos = new AtomicLong(start);
    }

    void advance(Duration duration) {
        nanos.addAndGet(duration.toNanos());
    }

    @Override
    public long nanos() {
        return nanos.get();
    }
}
