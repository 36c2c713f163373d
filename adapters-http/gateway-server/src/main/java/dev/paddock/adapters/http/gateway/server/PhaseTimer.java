package dev.paddock.adapters.http.gateway.server;

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
    private final StallGuard guard;
    private final Deadline deadline = new Deadline();
    private Phase phase = Phase.IDLE;
    private long began;

    /** Creates a timer of a connection that has just been accepted. */
    PhaseTimer(ServerLimits limits) {
        this.limits = limits;
        this.guard = new StallGuard(limits.writeStallLimit().toNanos());
        enter(Phase.IDLE);
    }

    Phase phase() {
        return phase;
    }

    /** Begins a phase, and its time. */
    void enter(Phase next) {
        phase = next;
        guard.rest();
        began = Deadline.now();
        switch (next) {
            case IDLE -> endAfter(limits.idleLimit().toNanos());
            case HEAD -> endAfter(limits.headLimit().toNanos());
            case BODY -> endAfter(limits.bodyGrace().toNanos());
            case ANSWER -> deadline.clear();
            case LINGER -> endAfter(LINGER_NANOS);
        }
    }

    /** Leaves a connection only a moment for one more request, counted from the beginning of its phase. */
    void hurry() {
        endAfter(DRAIN_GRACE_NANOS);
    }

    /** Tells whether the time of the phase is over. For any thread. */
    boolean isOver(long now) {
        return deadline.isPassed(now);
    }

    /** Tells whether a body comes too slowly, or has come for too long. */
    boolean isLate(IncomingBody body, long now) {
        double seconds = (double) body.count() / limits.minBodyBytesPerSecond();
        long earned = (long) (seconds * TimeUnit.SECONDS.toNanos(1));
        endAfter(Math.min(limits.bodyGrace().toNanos() + earned, body.patienceNanos(limits)));
        return isOver(now);
    }

    /** Tells whether a client that is waited for takes nothing any more. */
    boolean isStalled(Outlet outlet, long now) {
        if (outlet.isWaitedFor() || outlet.isEnding()) {
            return guard.isStalled(outlet.unsent(), now);
        }
        guard.rest();
        return false;
    }

    private void endAfter(long nanos) {
        deadline.set(began + nanos);
    }
}
