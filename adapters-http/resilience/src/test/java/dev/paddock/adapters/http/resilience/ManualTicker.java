package dev.paddock.adapters.http.resilience;

import dev.paddock.domain.time.Ticker;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** Time that passes when it is told to. */
final class ManualTicker implements Ticker {

    private final AtomicLong nanos = new AtomicLong(-7_000_000_000L);

    @Override
    public long nanos() {
        return nanos.get();
    }

    void advance(Duration time) {
        nanos.addAndGet(time.toNanos());
    }
}
