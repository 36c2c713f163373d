package dev.paddock.adapters.http.pool;

import dev.paddock.adapters.http.spi.TransportSettings;
import dev.paddock.domain.exchange.Deadline;
import dev.paddock.domain.time.Ticker;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The calls under way whose time is limited, all looked at together a few times a second: to begin and to end a call then costs
 * no more than to add and to remove it, and wakes no thread. Thread-safe.
 */
final class TimeoutSweeper {

    /** How late a limit may be noticed. */
    static final Duration PERIOD = Duration.ofMillis(20);

    /** Looks that come further apart say that this process stood still, which is no fault of any server. */
    private static final long PAUSE_THRESHOLD_NANOS = Duration.ofMillis(500).toNanos();

    private static final int EMPTY_SWEEPS_BEFORE_STOP = 100;

    private final CallScheduler scheduler;
    private final Ticker ticker;
    private final Set<PhaseTimeout> watches = ConcurrentHashMap.newKeySet();
    private final Lock lock = new ReentrantLock();
    private volatile @Nullable Future<?> looking; // written under lock
    private long lookedAt; // confined to the timer once it looks, as is all below
    private long lenientUntil;
    private int emptyLooks;

    TimeoutSweeper(CallScheduler scheduler, Ticker ticker) {
        this.scheduler = scheduler;
        this.ticker = ticker;
    }

    Ticker ticker() {
        return ticker;
    }

    /** Returns a watch for one call, to be added when the call begins. */
    PhaseTimeout newTimeout(PhaseLimits limits, @Nullable Deadline deadline, TransportSettings settings) {
        return new PhaseTimeout(limits, deadline, settings, ticker);
    }

    void add(PhaseTimeout watch) {
        watches.add(watch);
        if (looking == null) {
            start();
        }
    }

    void remove(PhaseTimeout watch) {
        watches.remove(watch);
    }

    /** Tells whether no call is watched. */
    boolean isEmpty() {
        return watches.isEmpty();
    }

    /**
     * Looks at every call once. After a standstill, such as a long collection of garbage, calls have a moment to read what has
     * arrived meanwhile.
     */
    void sweep() {
        long now = ticker.nanos();
        if (now - lookedAt > PAUSE_THRESHOLD_NANOS) {
            lenientUntil = now + PAUSE_THRESHOLD_NANOS;
        }
        lookedAt = now;
        if (now - lenientUntil >= 0) {
            watches.forEach(PhaseTimeout::check);
        }
        emptyLooks = isEmpty() ? emptyLooks + 1 : 0;
        if (emptyLooks >= EMPTY_SWEEPS_BEFORE_STOP) {
            stop();
        }
    }

    private void start() {
        lock.lock();
        try {
            if (looking == null) {
                lookedAt = ticker.nanos();
                lenientUntil = lookedAt;
                emptyLooks = 0;
                looking = scheduler.every(PERIOD, this::sweep);
            }
        } finally {
            lock.unlock();
        }
    }

    private void stop() {
        lock.lock();
        try {
            Future<?> ending = looking;
            looking = null;
            if (ending != null) {
                ending.cancel(false);
            }
        } finally {
            lock.unlock();
        }
        // A call that was added just now found the timer still looking.
        if (!isEmpty()) {
            start();
        }
    }
}
