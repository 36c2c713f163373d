package dev.paddock.adapters.http.pool;

import static java.util.Objects.requireNonNull;

import dev.paddock.adapters.http.spi.CallListener;
import dev.paddock.adapters.http.spi.TransportSettings;
import dev.paddock.domain.exchange.CallPhase;
import dev.paddock.domain.exchange.Deadline;
import dev.paddock.domain.time.Ticker;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Limits the time that one call takes, as a whole and in each phase; a call that takes longer is cancelled, no thread is
 * interrupted. It works above the transport and therefore in the same way on each. Thread-safe.
 *
 * <p>The limit of a phase counts from its beginning: that of {@link CallPhase#SEND} from the last piece sent, that of
 * {@link CallPhase#BODY} from the moment the reader began to wait. The head and the first part of the response have one limit together:
 * some servers send the head at once and compute afterwards. Between reads, only the deadline counts. The pool limits the time in its queue
 * itself.
 */
public final class PhaseTimeout implements CallListener {

    private final PhaseLimits limits;
    private final long gapNanos;
    private final TransportSettings settings;
    private final @Nullable Deadline deadline;
    private final TimeoutSweeper sweeper;
    private final Ticker ticker;
    private final AtomicReference<@Nullable Wait> current = new AtomicReference<>();
    private volatile Duration bodyLimit; // that of the latest part of the response
    private volatile Duration queued = Duration.ZERO;
    private long headNanos; // how long the head took; confined to the reader of the response, as is the next
    private long pausedAfterNanos;
    private volatile boolean excused; // whether the phase had its one moment after a pause of the process
    private long excusedUntil; // confined to the thread that checks
    private volatile @Nullable Runnable onExpiry;
    private volatile @Nullable CallPhase expired;

    /** Where the sweeper has this timeout. */
    final TimeoutSweeper.Place place = new TimeoutSweeper.Place();

    PhaseTimeout(PhaseLimits limits, @Nullable Deadline deadline, TransportSettings settings, TimeoutSweeper sweeper) {
        this.limits = requireNonNull(limits, "limits");
        this.gapNanos = limits.gap().toNanos();
        this.bodyLimit = limits.gap();
        this.deadline = deadline;
        this.settings = settings;
        this.sweeper = sweeper;
        this.ticker = sweeper.ticker();
    }

    @Override
    public void phaseStarted(CallPhase phase) {
        excused = false;
        begin(phase, limitOf(phase));
    }

    @Override
    public void bodyPieceSent() {
        phaseStarted(CallPhase.SEND);
    }

    /** Ends the wait for the head of the response. */
    void headReceived() {
        Wait wait = current.getAndSet(null);
        headNanos = wait == null || wait.phase != CallPhase.HEAD ? 0 : ticker.nanos() - wait.startNanos;
    }

    /** Starts the wait for the first part of the response, for which there is what the head has left of its limit. */
    public void startFirst() {
        bodyLimit = limits.head();
        begin(CallPhase.BODY, limits.head().minusNanos(headNanos + pausedAfterNanos));
    }

    /**
     * Starts the wait for a further part of the response. The reader of the response calls this, and {@link #stop()} when it has the part:
     * only the reader knows what a part is, so that one that arrives byte by byte has one limit. A response that is read without a wait
     * is limited by the deadline alone.
     */
    public void start() {
        start(limits.gap());
    }

    /** Starts the wait for a further part of the response with the given limit; see {@link #start()}. */
    public void start(Duration limit) {
        bodyLimit = limit;
        begin(CallPhase.BODY, limit.minusNanos(pausedAfterNanos));
    }

    /** Stops the wait: only the deadline limits the call until the next one. */
    public void stop() {
        pausedAfterNanos = 0;
        // Most parts of a response arrive with others, without a wait: a read costs them less than a write.
        if (current.get() != null) {
            current.set(null);
        }
        if (excused) {
            excused = false;
        }
    }

    /** Starts the wait for a further part because one has arrived, as {@link #stop()} and {@link #start()} do. It costs a time stamp. */
    public void restart() {
        Wait wait = current.get();
        if (wait != null && wait.phase == CallPhase.BODY && wait.limitNanos == gapNanos && pausedAfterNanos == 0) {
            bodyLimit = limits.gap();
            excused = false;
            wait.startNanos = ticker.nanos();
        } else {
            stop();
            start();
        }
    }

    /** Stops the wait because of a part without content: the next wait has what is left of the limit. Heartbeats do not extend it. */
    public void pause() {
        Wait wait = current.getAndSet(null);
        if (wait != null) {
            pausedAfterNanos += ticker.nanos() - wait.startNanos;
        }
    }

    /** Records how long the call was queued for a connection. */
    void acquired(Duration waited) {
        queued = waited;
    }

    /** Returns how long the call was queued for a connection; zero before it had one. */
    public Duration queued() {
        return queued;
    }

    /** Returns the phase that took too long, {@link CallPhase#CALL} for the whole call, or null. */
    public @Nullable CallPhase expired() {
        return expired;
    }

    /** Returns the limit of a phase, or null when it has none. */
    public @Nullable Duration limitOf(CallPhase phase) {
        return switch (phase) {
            case CONNECT -> settings.connectTimeout();
            case TLS -> settings.tlsTimeout();
            case SEND -> limits.send();
            case HEAD -> limits.head();
            case BODY -> bodyLimit;
            case LEASE -> null;
            case CALL -> deadline == null ? null : deadline.limit();
        };
    }

    /** Sets the action that cancels the call when it takes too long. */
    void onExpiry(Runnable action) {
        onExpiry = action;
        if (deadline != null && deadline.isExpired()) {
            expire(CallPhase.CALL);
        }
    }

    /**
     * Cancels the call if it takes too long. For use by one thread.
     *
     * @param lenientUntil until when a phase may still end that ended during a pause of the process; not after now without a pause
     */
    void check(long lenientUntil) {
        Wait wait = current.get();
        long now = ticker.nanos();
        if (deadline != null && deadline.isExpired()) {
            expire(CallPhase.CALL);
        } else if (wait != null && wait.isOver(now) && !isExcused(now, lenientUntil) && current.compareAndSet(wait, null)) {
            if (wait.isOver(now)) {
                expire(wait.phase);
            } else {
                boolean unused = current.compareAndSet(null, wait); // it was restarted just now
            }
        }
    }

    /** Returns in how many nanoseconds the call has to be checked again. */
    long untilNextCheck() {
        if (expired != null) {
            return TimeoutSweeper.NEVER;
        }
        Wait wait = current.get();
        long untilDeadline = deadline == null ? TimeoutSweeper.NEVER : deadline.remaining().toNanos();
        return wait == null ? untilDeadline : Math.min(untilDeadline, Math.max(0, wait.remaining(ticker.nanos())));
    }

    private boolean isExcused(long now, long lenientUntil) {
        if (!excused && lenientUntil - now > 0) {
            excused = true;
            excusedUntil = lenientUntil;
        }
        return excused && excusedUntil - now > 0;
    }

    private void begin(CallPhase phase, @Nullable Duration limit) {
        if (limit == null) {
            current.set(null);
        } else {
            long nanos = limit.toNanos();
            long now = ticker.nanos();
            current.set(new Wait(phase, nanos, now));
            sweeper.schedule(this, now, nanos);
        }
    }

    private void expire(CallPhase phase) {
        Runnable action = onExpiry;
        if (expired == null && action != null) {
            expired = phase;
            action.run();
        }
    }

    private static final class Wait {

        private final CallPhase phase;
        private final long limitNanos;
        private volatile long startNanos;

        Wait(CallPhase phase, long limitNanos, long startNanos) {
            this.phase = phase;
            this.limitNanos = limitNanos;
            this.startNanos = startNanos;
        }

        private boolean isOver(long now) {
            return now - startNanos >= limitNanos;
        }

        private long remaining(long now) {
            return limitNanos - (now - startNanos);
        }
    }
}
