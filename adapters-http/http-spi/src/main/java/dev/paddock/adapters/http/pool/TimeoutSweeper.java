package dev.paddock.adapters.http.pool;

import dev.paddock.adapters.http.spi.TransportSettings;
import dev.paddock.domain.exchange.Deadline;
import dev.paddock.domain.time.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Checks the time limits of the calls in progress. Each call stands in a slot of a wheel, which is reached when its limit may be over; a
 * limit that was extended meanwhile moves the call to a later slot then. So a part of an answer that arrives changes nothing here,
 * and a sweep touches only the calls in the slots that it passes. Thread-safe.
 */
final class TimeoutSweeper {

    /** The period of the sweeps: a limit is noticed at most this late. */
    static final Duration PERIOD = Duration.ofMillis(50);

    /** The time until the next check of a timeout that has no limit at present. */
    static final long NEVER = Long.MAX_VALUE;

    /** A longer gap between two sweeps means that this process was paused, which is no fault of a server. */
    private static final long PAUSE_THRESHOLD_NANOS = Duration.ofMillis(500).toNanos();

    private static final int SLOTS = 512;
    private static final long SLOT_NANOS = PERIOD.toNanos();
    private static final long SPAN_NANOS = (SLOTS - 2) * SLOT_NANOS; // a later check is made in steps
    private static final int EMPTY_SWEEPS_BEFORE_STOP = 100;

    private final CallScheduler scheduler;
    private final Ticker ticker;
    private final long origin;
    private final Lock lock = new ReentrantLock();
    private final List<Set<PhaseTimeout>> slots = new ArrayList<>(SLOTS); // the sets are guarded by lock, as is all below
    private @Nullable Future<?> sweeping;
    private int size; // of the calls in progress
    private long passed; // the tick up to which the slots were passed; its own slot is passed again
    private int emptySweeps;
    private long sweptAt; // confined to the timer once it runs, as is the next
    private long lenientUntil;

    TimeoutSweeper(CallScheduler scheduler, Ticker ticker) {
        this.scheduler = scheduler;
        this.ticker = ticker;
        this.origin = ticker.nanos();
        for (int slot = 0; slot < SLOTS; slot++) {
            slots.add(new HashSet<>());
        }
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
        return new PhaseTimeout(limits, deadline, settings, this);
    }

    void add(PhaseTimeout timeout) {
        lock.lock();
        try {
            if (!timeout.place.added) {
                timeout.place.added = true;
                size++;
                start();
            }
        } finally {
            lock.unlock();
        }
        schedule(timeout, ticker.nanos(), timeout.untilNextCheck());
    }

    void remove(PhaseTimeout timeout) {
        lock.lock();
        try {
            if (timeout.place.added) {
                timeout.place.added = false;
                size--;
                takeOut(timeout);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Returns whether no call is in progress. */
    boolean isEmpty() {
        lock.lock();
        try {
            return size == 0;
        } finally {
            lock.unlock();
        }
    }

    /** Makes sure that a call in progress is checked after the given time from now, or before. */
    void schedule(PhaseTimeout timeout, long now, long delayNanos) {
        if (delayNanos == NEVER) {
            return;
        }
        long tick = tick(now + Math.min(delayNanos, SPAN_NANOS));
        if (tick >= timeout.place.tick) {
            return; // the usual case: a limit that begins again ends later than before
        }
        lock.lock();
        try {
            if (timeout.place.added) {
                takeOut(timeout);
                timeout.place.tick = Math.max(tick, passed);
                slot(timeout.place.tick).add(timeout);
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Checks every call whose limit may be over. After a pause of the process, such as a long garbage collection, a call has a moment to
     * read the bytes that arrived during it, at most once in each phase. A deadline has no such moment: its caller waits no longer.
     */
    void sweep() {
        long now = ticker.nanos();
        if (now - sweptAt > PAUSE_THRESHOLD_NANOS) {
            lenientUntil = now + PAUSE_THRESHOLD_NANOS;
        }
        sweptAt = now;
        takeDue(tick(now)).forEach(timeout -> check(timeout, now));
        stopIfEmpty();
    }

    /** A call that cannot be cancelled must not keep the others from their timeouts. */
    private void check(PhaseTimeout timeout, long now) {
        try {
            timeout.check(now - lenientUntil < 0 ? lenientUntil : now);
        } catch (RuntimeException | Error failure) {
            // The caller of that call gets its failure when the call ends.
        }
        schedule(timeout, ticker.nanos(), timeout.untilNextCheck());
    }

    private List<PhaseTimeout> takeDue(long tick) {
        List<PhaseTimeout> due = new ArrayList<>();
        lock.lock();
        try {
            long last = Math.min(tick, passed + SLOTS - 1);
            for (long each = passed; each <= last; each++) {
                Set<PhaseTimeout> slot = slot(each);
                if (!slot.isEmpty()) {
                    due.addAll(slot);
                    slot.clear();
                }
            }
            due.forEach(timeout -> timeout.place.tick = NEVER);
            passed = Math.max(passed, tick);
        } finally {
            lock.unlock();
        }
        return due;
    }

    private void takeOut(PhaseTimeout timeout) {
        if (timeout.place.tick != NEVER) {
            boolean unused = slot(timeout.place.tick).remove(timeout);
            timeout.place.tick = NEVER;
        }
    }

    private Set<PhaseTimeout> slot(long tick) {
        return slots.get((int) (tick % SLOTS));
    }

    private long tick(long nanos) {
        return Math.max(0, (nanos - origin) / SLOT_NANOS);
    }

    private void start() {
        if (sweeping == null) {
            sweptAt = ticker.nanos();
            lenientUntil = sweptAt;
            passed = tick(sweptAt);
            emptySweeps = 0;
            sweeping = scheduler.every(PERIOD, this::sweep);
        }
    }

    private void stopIfEmpty() {
        lock.lock();
        try {
            emptySweeps = size == 0 ? emptySweeps + 1 : 0;
            if (emptySweeps >= EMPTY_SWEEPS_BEFORE_STOP && sweeping != null) {
                sweeping.cancel(false);
                sweeping = null;
            }
        } finally {
            lock.unlock();
        }
    }

    /** The place of a timeout in the wheel. */
    static final class Place {

        private boolean added; // guarded by the lock of the wheel
        private volatile long tick = NEVER; // of the slot; written under that lock
    }
}
