package dev.paddock.adapters.http.server.engine;

import dev.paddock.adapters.http.server.ServerLimits;
import dev.paddock.adapters.http.server.body.IncomingBody;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * What a connection is about, and how long it may be about that. Used by the thread of the connection unless it says
 * otherwise.
 */
final class PhaseTimer {

    private static final long LINGER_NANOS = Duration.ofSeconds(2).toNanos();
    private static final long DRAIN_GRACE_NANOS = Duration.ofSeconds(1).toNanos();

    private final ServerLimits limits;
    private final WriteStallDetector guard;
    private final MutableDeadline deadline = new MutableDeadline();
    private ConnectionPhase phase = ConnectionPhase.IDLE;
    private long began;

    /** Creates a timer of a connection that has just been accepted. */
    PhaseTimer(ServerLimits limits) {
        this.limits = limits;
        this.guard = new WriteStallDetector(limits.writeStallTimeout().toNanos());
        enter(ConnectionPhase.IDLE);
    }

    ConnectionPhase phase() {
        return phase;
    }

    /** Begins a phase, and its time. */
    void enter(ConnectionPhase next) {
        phase = next;
        guard.reset();
        began = MutableDeadline.now();
        switch (next) {
            case IDLE -> endAfter(limits.idleTimeout().toNanos());
            case HEAD -> endAfter(limits.headTimeout().toNanos());
            case BODY -> endAfter(limits.bodyGracePeriod().toNanos());
            case ANSWER -> deadline.clear();
            case LINGERING_CLOSE -> endAfter(LINGER_NANOS);
        }
    }

    /** Leaves a connection only a moment for one more request, counted from the beginning of its phase. */
    void shortenIdleTimeout() {
        endAfter(DRAIN_GRACE_NANOS);
    }

    /** Tells whether the time of the phase is over. For any thread. */
    boolean isExpired(long now) {
        return deadline.isPassed(now);
    }

    /** Tells whether a body comes too slowly, or has come for too long. */
    boolean isBodyTooSlow(IncomingBody body, long now) {
        double seconds = (double) body.count() / limits.minBodyBytesPerSecond();
        long earned = (long) (seconds * TimeUnit.SECONDS.toNanos(1));
        endAfter(Math.min(limits.bodyGracePeriod().toNanos() + earned, body.maxDurationNanos(limits)));
        return isExpired(now);
    }

    /** Tells whether a client that is waited for takes nothing any more. */
    boolean isStalled(ResponseChannel outlet, long now) {
        if (outlet.hasBlockedWriter() || outlet.isFlushing()) {
            return guard.isStalled(outlet.pendingBytes(), now);
        }
        guard.reset();
        return false;
    }

    private void endAfter(long nanos) {
        deadline.set(began + nanos);
    }
}
