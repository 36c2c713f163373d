package dev.paddock.simulation;

import static java.util.Objects.requireNonNull;

import dev.paddock.domain.time.Ticker;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * A time that passes only when nothing is left to do: events in the order of their times, and processes that wait for them. A process has a
 * virtual thread, so that it can call code that blocks; only one runs at a time, and hands over when it waits. The same events therefore
 * always happen in the same order.
 */
final class VirtualTime implements Ticker {

    /** What happens at a time: an action, or the next step of a process. */
    private record Event(long time, long order, @Nullable Runnable action, @Nullable VirtualProcess process) {}

    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparingLong(Event::time).thenComparingLong(Event::order));
    private final Semaphore finished = new Semaphore(0);
    private long now;
    private long order;
    private int repetitions; // among the events
    private @Nullable VirtualProcess current;
    private @Nullable Throwable failure;

    @Override
    public long nanos() {
        return now;
    }

    /** Returns the time as a time of day. */
    Instant instant() {
        return Instant.EPOCH.plusNanos(now);
    }

    /** Runs an action at the given time; it must not wait. */
    void at(long time, Runnable action) {
        events.add(new Event(Math.max(now, time), order++, action, null));
    }

    /** Runs an action that repeats itself at the given time, unless nothing but such actions is left to do. */
    void whileBusyAt(long time, Runnable action) {
        repetitions++;
        at(time, () -> {
            repetitions--;
            if (events.size() > repetitions) {
                action.run();
            }
        });
    }

    /** Starts a process at the given time; it may wait. */
    void start(long time, Runnable body) {
        events.add(new Event(Math.max(now, time), order++, null, new VirtualProcess(body)));
    }

    /** Lets the present process wait until the given time. */
    void sleepUntil(long time) {
        VirtualProcess self = present();
        events.add(new Event(Math.max(now, time), order++, null, self));
        handOver(self);
    }

    /** Returns the present process, which may {@linkplain VirtualProcess#await wait}. */
    VirtualProcess present() {
        return requireNonNull(current, "no process is running");
    }

    /** Lets the time pass until nothing is left to do. */
    void run() {
        resumeNext(null);
        finished.acquireUninterruptibly();
        if (failure != null) {
            throw new IllegalStateException("a process failed at " + now + " ns", failure);
        }
    }

    /** Returns the next process to run, after the actions before it; null at the end. */
    private @Nullable VirtualProcess next() {
        for (Event event = events.poll(); event != null; event = events.poll()) {
            now = event.time();
            if (event.process() != null) {
                return event.process();
            }
            if (event.action() != null) {
                event.action().run();
            }
        }
        return null;
    }

    /** Lets the next process run; returns whether that is the given one. */
    private boolean resumeNext(@Nullable VirtualProcess self) {
        VirtualProcess next = next();
        current = next;
        if (next == null) {
            finished.release();
        } else if (next != self) {
            next.resume();
        }
        return next != null && next == self;
    }

    private void handOver(VirtualProcess self) {
        if (!resumeNext(self)) {
            self.turn.acquireUninterruptibly();
        }
    }

    /** Something that happens step by step. */
    final class VirtualProcess {

        private final Runnable body;
        private final Semaphore turn = new Semaphore(0);
        private boolean started;

        private VirtualProcess(Runnable body) {
            this.body = body;
        }

        /** Waits until another process, or an action, {@linkplain #wake wakes} it. */
        void await() {
            handOver(this);
        }

        /** Lets a waiting process go on, at the present time. */
        void wake() {
            events.add(new Event(now, order++, null, this));
        }

        private void resume() {
            if (started) {
                turn.release();
            } else {
                started = true;
                Thread.ofVirtual().start(this::run);
            }
        }

        private void run() {
            try {
                body.run();
                boolean unused = resumeNext(null);
            } catch (RuntimeException | Error thrown) {
                failure = thrown;
                finished.release();
            }
        }
    }
}
