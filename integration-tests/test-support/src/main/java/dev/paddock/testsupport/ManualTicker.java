package dev.paddock.testsupport;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A source of time that stands still until a test advances it, and a scheduler in this time. Thread-safe.
 *
 * <p>Pass {@code ticker::nanos} where code under test measures time, as it measures it with {@link System#nanoTime()}.
 */
public final class ManualTicker {

    private final AtomicLong nanos;
    private final Queue<Alarm> alarms = new ConcurrentLinkedQueue<>();

    /** Creates a ticker whose counter is about to wrap around, as that of {@link System#nanoTime()} may be. */
    public ManualTicker() {
        this(Long.MAX_VALUE - 1000);
    }

    /**
     * Creates a ticker.
     *
     * @param start the first value of its counter, in nanoseconds; may be negative
     */
    public ManualTicker(long start) {
        nanos = new AtomicLong(start);
    }

    /** Returns the counter, in nanoseconds; only differences have a meaning. */
    public long nanos() {
        return nanos.get();
    }

    /**
     * Runs an action once, by the {@link #advance} with which so much time has passed.
     *
     * @return removes the action if it has not begun; may be run more than once
     */
    public Runnable schedule(Duration time, Runnable action) {
        Alarm alarm = new Alarm(nanos() + time.toNanos(), action);
        alarms.add(alarm);
        return () -> alarms.remove(alarm);
    }

    /** Lets time pass, then runs the actions that are due, in the calling thread. */
    public void advance(Duration time) {
        long now = nanos.addAndGet(time.toNanos());
        List<Alarm> due = new ArrayList<>(alarms);
        due.removeIf(alarm -> alarm.dueAt() - now > 0);
        due.forEach(alarm -> {
            if (alarms.remove(alarm)) {
                alarm.action().run();
            }
        });
    }

    /** Returns how many actions are scheduled and have neither begun nor been removed. */
    public int scheduled() {
        return alarms.size();
    }

    private record Alarm(long dueAt, Runnable action) {}
}
