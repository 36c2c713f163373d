package dev.paddock.tck.transport;

import dev.paddock.adapters.http.spi.ConnectionListener;
import dev.paddock.domain.pool.CloseReason;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts what a transport reports of its connections, to be held against the server's own counts. Thread-safe. */
public final class CountingConnectionListener implements ConnectionListener {

    private final AtomicInteger opened = new AtomicInteger();
    private final AtomicInteger leasedNew = new AtomicInteger();
    private final AtomicInteger leasedReused = new AtomicInteger();
    private final Map<CloseReason, AtomicInteger> closed = new EnumMap<>(CloseReason.class);

    /** Creates an empty counts. */
    public CountingConnectionListener() {
        for (CloseReason reason : CloseReason.values()) {
            closed.put(reason, new AtomicInteger());
        }
    }

    @Override
    public void opened(Duration connectTime) {
        opened.incrementAndGet();
    }

    @Override
    public void leased(boolean reused) {
        (reused ? leasedReused : leasedNew).incrementAndGet();
    }

    @Override
    public void closed(CloseReason reason) {
        closed.computeIfAbsent(reason, ignored -> new AtomicInteger()).incrementAndGet();
    }

    /** Returns how many connections were opened. */
    public int openedCount() {
        return opened.get();
    }

    /** Returns how many leases were of new connections. */
    public int leasedNewCount() {
        return leasedNew.get();
    }

    /** Returns how many leases were of connections that had served before. */
    public int leasedReusedCount() {
        return leasedReused.get();
    }

    /** Returns how many connections were closed for a reason. */
    public int closedCount(CloseReason reason) {
        return closed.computeIfAbsent(reason, ignored -> new AtomicInteger()).get();
    }

    /** Returns how many connections were closed for each reason for which any was. */
    public Map<CloseReason, Integer> closedCounts() {
        Map<CloseReason, Integer> counts = new EnumMap<>(CloseReason.class);
        closed.forEach((reason, count) -> counts.put(reason, count.get()));
        counts.values().removeIf(count -> count == 0);
        return counts;
    }

    /** Returns how many connections were closed for any reason. */
    public int closedCount() {
        return closed.values().stream().mapToInt(AtomicInteger::get).sum();
    }
}
