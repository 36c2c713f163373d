package dev.paddock.adapters.http.server.engine;

import dev.paddock.adapters.http.server.ServerLimits;
import dev.paddock.adapters.http.server.body.IncomingBody;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The phase of a connection and its timeout. It keeps at most one task of the event loop in reserve, which looks at the timeout when it may
 * have expired: a timeout that ends later than the one before needs no new task. Used by the thread of the connection.
 */
final class PhaseTimer {

    /** The phases of a connection. */
    enum ConnectionPhase {

        /** No part of a request has arrived: the idle timeout runs. */
        IDLE,

        /** A head has begun and is not complete. */
        HEAD,

        /** A head is complete and its body is not. */
        BODY,

        /** A request is being answered. */
        ANSWER,

        /** Lingering close: this side is closed, and input is discarded, so that a reset does not destroy the last response. */
        LINGERING_CLOSE
    }

    private static final long ORIGIN = System.nanoTime();
    private static final long NEVER = Long.MAX_VALUE;
    private static final long LINGER_NANOS = Duration.ofSeconds(2).toNanos(); // without input
    private static final long MAX_LINGER_NANOS = Duration.ofSeconds(20).toNanos();
    private static final long OBSERVATION_NANOS = Duration.ofMillis(100).toNanos();
    private static final long DRAIN_GRACE_NANOS = Duration.ofSeconds(1).toNanos();

    private final ServerLimits limits;
    private final long writeStallNanos;
    private final long bodyIntervalNanos;
    private ConnectionPhase phase = ConnectionPhase.IDLE;
    private long began;
    private long intervalCount; // bytes of the body before the present interval
    private long deadline = NEVER;
    private final EventLoop loop;
    private final Runnable whenDue;
    private @Nullable Future<?> task;
    private long taskAt = NEVER;
    private boolean observingWrites;
    private long leastPending; // bytes, while writes are observed
    private long progressAt;

    /**
     * Creates the timer of a connection that has just been accepted.
     *
     * @param whenDue checks the timeouts of the connection, on the event loop
     */
    PhaseTimer(ServerLimits limits, EventLoop loop, Runnable whenDue) {
        this.limits = limits;
        this.loop = loop;
        this.whenDue = whenDue;
        this.writeStallNanos = limits.get(ServerLimits.TimeLimit.WRITE_STALL).toNanos();
        this.bodyIntervalNanos = limits.get(ServerLimits.TimeLimit.BODY_INTERVAL).toNanos();
        enter(ConnectionPhase.IDLE);
    }

    /** Returns the time in nanoseconds since a point in time of this process; never negative. */
    static long now() {
        return System.nanoTime() - ORIGIN;
    }

    ConnectionPhase phase() {
        return phase;
    }

    /** Begins a phase and its timeout. */
    void enter(ConnectionPhase next) {
        phase = next;
        observingWrites = false;
        began = now();
        switch (next) {
            case IDLE -> endAfter(limits.get(ServerLimits.TimeLimit.IDLE).toNanos());
            case HEAD -> endAfter(limits.get(ServerLimits.TimeLimit.HEAD).toNanos());
            case BODY, ANSWER -> endAt(NEVER); // a body has intervals instead
            case LINGERING_CLOSE -> endAfter(LINGER_NANOS);
        }
    }

    /** Reduces the idle timeout to a second, counted from the beginning of the phase, for a last request while draining. */
    void shortenIdleTimeout() {
        endAfter(DRAIN_GRACE_NANOS);
    }

    /** Keeps a lingering close open while the client still sends, for a limited time. */
    void extendLingeringClose() {
        endAfter(Math.min(elapsed(now()) + LINGER_NANOS, MAX_LINGER_NANOS));
    }

    /** Returns how long the phase has taken, in nanoseconds. */
    long elapsed(long now) {
        return now - began;
    }

    /** Returns whether the timeout of the phase has expired. */
    boolean isExpired(long now) {
        return now >= deadline;
    }

    /** Begins the phase of a body, of which nothing has arrived. */
    void enterBody(IncomingBody body) {
        enter(ConnectionPhase.BODY);
        beginInterval(body, began);
    }

    /**
     * Returns whether a body has arrived too slowly in the last interval, or has taken too long. An interval in which the server itself
     * delayed the body does not count.
     */
    boolean isBodyTooSlow(IncomingBody body, long now) {
        if (elapsed(now) >= body.maxDurationNanos(limits)) {
            return true;
        }
        if (!isExpired(now)) {
            return false;
        }
        double seconds = (double) bodyIntervalNanos / TimeUnit.SECONDS.toNanos(1);
        long least = (long) (limits.get(ServerLimits.SizeLimit.BODY_BYTES_PER_SECOND) * seconds);
        if (!body.isHeldBack() && body.count() - intervalCount < least) {
            return true;
        }
        beginInterval(body, now);
        return false;
    }

    private void beginInterval(IncomingBody body, long now) {
        intervalCount = body.count();
        long remaining = body.maxDurationNanos(limits) - elapsed(now);
        endAt(now + Math.min(bodyIntervalNanos, remaining));
    }

    /**
     * Returns whether the client has read nothing for the write stall timeout although there is something to read.
     *
     * @param isShort whether a second is enough
     */
    boolean isWriteStalled(ResponseChannel responses, long now, boolean isShort) {
        if (!responses.isWaitingForClient()) {
            observingWrites = false;
            return false;
        }
        long pending = responses.pendingBytes();
        if (!observingWrites || pending < leastPending) {
            observingWrites = true;
            leastPending = pending;
            progressAt = now;
        }
        return now - progressAt >= (isShort ? Math.min(DRAIN_GRACE_NANOS, writeStallNanos) : writeStallNanos);
    }

    /** Has the connection checked soon, and again and again while it calls this. */
    void observe() {
        checkAt(now() + OBSERVATION_NANOS);
    }

    /** Runs a check, and has the next one made when the timeout may have expired, but not at once. */
    void check(LongConsumer check) {
        long now = now();
        taskAt = NEVER;
        check.accept(now);
        if (deadline != NEVER) {
            checkAt(Math.max(deadline, now + OBSERVATION_NANOS));
        }
    }

    /** Ends the checks of a closed connection. */
    void stop() {
        taskAt = Long.MIN_VALUE;
        if (task != null) {
            boolean unused = task.cancel(false);
        }
    }

    private void endAfter(long nanos) {
        endAt(began + nanos);
    }

    private void endAt(long time) {
        deadline = time;
        checkAt(time);
    }

    private void checkAt(long time) {
        if (time >= taskAt) {
            return;
        }
        if (task != null) {
            boolean unused = task.cancel(false);
        }
        taskAt = time;
        task = loop.schedule(whenDue, time - now(), TimeUnit.NANOSECONDS);
    }
}
