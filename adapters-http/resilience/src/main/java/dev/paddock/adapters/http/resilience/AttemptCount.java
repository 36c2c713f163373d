package dev.paddock.adapters.http.resilience;

import dev.paddock.domain.error.LlmException;
import dev.paddock.domain.time.Ticker;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** How many attempts one call has taken, and how long. Thread-safe. */
final class AttemptCount {

    private final Ticker ticker;
    private final long startNanos;
    private final AtomicInteger count = new AtomicInteger();

    AttemptCount(Ticker ticker) {
        this.ticker = ticker;
        this.startNanos = ticker.nanos();
    }

    /** Adds the attempts of an outcome: none when the call was refused before anything was sent. */
    void add(int attempts) {
        count.addAndGet(attempts);
    }

    int count() {
        return count.get();
    }

    /** Returns the failure with the attempts and the time of the whole call, not of its last attempt only. */
    LlmException annotate(LlmException failure) {
        Duration elapsed = Duration.ofNanos(ticker.nanos() - startNanos);
        return failure.withFacts(failure.facts().withAttempts(count()).withElapsed(elapsed));
    }
}
