package dev.paddock.adapters.http.okhttp;

import dev.paddock.adapters.http.spi.ConnectionListener;
import dev.paddock.domain.pool.CloseReason;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts what happens to connections. */
final class RecordingListener implements ConnectionListener {

    final AtomicInteger opened = new AtomicInteger();
    final AtomicInteger leasedNew = new AtomicInteger();
    final AtomicInteger leasedAgain = new AtomicInteger();
    private final Map<CloseReason, Integer> closed = new ConcurrentSkipListMap<>();

    @Override
    public void opened(Duration connectTime) {
        opened.incrementAndGet();
    }

    @Override
    public void leased(boolean reused) {
        (reused ? leasedAgain : leasedNew).incrementAndGet();
    }

    @Override
    public void closed(CloseReason reason) {
        closed.merge(reason, 1, Integer::sum);
    }

    Map<CloseReason, Integer> closed() {
        return Map.copyOf(closed);
    }

    int closedInAll() {
        return closed.values().stream().mapToInt(Integer::intValue).sum();
    }
}
