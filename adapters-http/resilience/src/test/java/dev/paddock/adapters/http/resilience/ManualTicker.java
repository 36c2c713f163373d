package dev.paddock.adapters.http.resilience;

import dev.paddock.domain.exchange.Cancellation;
import dev.paddock.domain.time.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/** Time that passes when it is told to, and rings the alarms that are due then. */
final class ManualTicker implements Ticker, TimeSource.Scheduler {

    private final AtomicLong nanos = new AtomicLong(-7_000_000_000L);
    private final Queue<Ring> rings = new ConcurrentLinkedQueue<>();

    @Override
    public long nanos() {
        return nanos.get();
    }

    @Override
    public Cancellation.Registration schedule(Duration time, Runnable action) {
        Ring ring = new Ring(nanos() + time.toNanos(), action);
        rings.add(ring);
        return () -> rings.remove(ring);
    }

    void advance(Duration time) {
        long now = nanos.addAndGet(time.toNanos());
        List<Ring> due = new ArrayList<>(rings);
        due.removeIf(ring -> ring.dueAt() - now > 0);
        due.forEach(ring -> {
            if (rings.remove(ring)) {
                ring.action().run();
            }
        });
    }

    /** Returns how many alarms are set. */
    int scheduled() {
        return rings.size();
    }

    private record Ring(long dueAt, Runnable action) {}
}
