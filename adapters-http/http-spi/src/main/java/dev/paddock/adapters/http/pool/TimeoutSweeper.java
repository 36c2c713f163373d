package dev.paddock.adapters.http.pool;

import dev.paddock.adapters.http.spi.TransportSettings;
import dev.paddock.domain.exchange.Deadline;
import dev.paddock.domain.time.Ticker;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Checks the time limits of all calls in progress together, many times a second. Starting and ending a call then only adds and
 * removes an entry, and wakes no thread. Thread-safe.
 */
final class TimeoutSweeper {

    /** The period of the sweeps: a limit is noticed at most this late. */
    static final Duration PERIOD = Duration.ofMillis(20);

    /** A longer gap between two sweeps means that this process was paused, which is no fault of a server. */
    private static final long PAUSE_THRESHOLD_NANOS = Duration.ofMillis(500).toNanos();

    private static final int EMPTY_SWEEPS_BEFORE_STOP = 100;

    private final CallScheduler scheduler;
    private final Ticker ticker;
    private final Set<PhaseTimeout> timeouts = ConcurrentHashMap.newKeySet();
    private volatile @Nullable Future<?> sweeping; // written by start and stop
    private long sweptAt; // confined to the timer once it runs, as is all below
    private long lenientUntil;
    private int emptySweeps;

    TimeoutSweeper(CallScheduler scheduler, Ticker ticker) {
        this.scheduler = scheduler;
        this.ticker = ticker;
    }

    /** Runs an action periodically with the same timer. */
    Future<?> every(Duration period, Runnable action) {
        return scheduler.every(period, action);
    }

    Ticker ticker() {
        return ticker;
    }

    /** Returns the timeout of one call, to be added when the call starts. */
    PhaseTimeout newTimeout(PhaseLimits limits, @Nullable Deadline deadline, TransportSettings settings) {
        return new PhaseTimeout(limits, deadline, settings, ticker);
    }

    void add(PhaseTimeout timeout) {
        timeouts.add(timeout);
        if (sweeping == null) {
            start();
        }
    }

    void remove(PhaseTimeout timeout) {
        timeouts.remove(timeout);
    }

    /** Returns whether no call is in progress. */
    boolean isEmpty() {
        return timeouts.isEmpty();
    }

    /**
     * Checks every call once. After a pause of the process, such as a long garbage collection, a call has a moment to read the
     * bytes that arrived during it, at most once in each phase. A deadline has no such moment: its caller waits no longer.
     */
    void sweep() {
        long now = ticker.nanos();
        if (now - sweptAt > PAUSE_THRESHOLD_NANOS) {
            lenientUntil = now + PAUSE_THRESHOLD_NANOS;
        }
        sweptAt = now;
        timeouts.forEach(timeout -> check(timeout, now));
        emptySweeps = isEmpty() ? emptySweeps + 1 : 0;
        if (emptySweeps >= EMPTY_SWEEPS_BEFORE_STOP) {
            stop();
        }
    }

    /** A call that cannot be cancelled must not keep the others from their timeouts. */
    private void check(PhaseTimeout timeout, long now) {
        try {
            timeout.check(now - lenientUntil < 0 ? lenientUntil : now);
        } catch (RuntimeException | Error failure) {
            // The caller of that call gets its failure when the call ends.
        }
    }

    private synchronized void start() {
        if (sweeping == null) {
            sweptAt = ticker.nanos();
            lenientUntil = sweptAt;
            emptySweeps = 0;
            sweeping = scheduler.every(PERIOD, this::sweep);
        }
    }

    private synchronized void stop() {
        Future<?> ending = sweeping;
        sweeping = null;
        if (ending != null) {
            ending.cancel(false);
        }
        // A call that was added just now found the timer still running.
        if (!isEmpty()) {
            start();
        }
    }
}
