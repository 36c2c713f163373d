package dev.paddock.domain.admission;

import dev.paddock.domain.error.OverloadedException.Reason;
import dev.paddock.domain.exchange.CallAttributes.Priority;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The calls of one model: those in progress, up to a limit that adapts to the server, and those that wait, up to the limits of the
 * settings. A state without threads and clocks. Not thread-safe.
 *
 * @param <T> what is known of a waiting call elsewhere
 */
public final class AdmissionQueue<T> {

    private static final double QUEUED_WEIGHT = 0.1;
    private static final double MOST = 0.9;
    private static final long SIZE_NANOS = Duration.ofMillis(100).toNanos();

    private final ModelGroup group;
    private final AdmissionSettings settings;
    private final SharedRoom bytes;
    private final SharedRoom requests;
    private final AdaptiveLimit limit;
    private final ServiceTime serviceTime = new ServiceTime();
    private final FairQueue<T> waiting;
    private final Map<@Nullable String, Integer> callers = new HashMap<>(); // with how many calls in progress
    private double queuedShare; // of the latest answers
    private int inProgress;
    private long sizedAt;
    private boolean sized;

    AdmissionQueue(ModelGroup group, AdmissionSettings settings, SharedRoom bytes) {
        this.group = group;
        this.settings = settings;
        this.bytes = bytes;
        this.requests = new SharedRoom(settings.room().requests());
        this.limit = new AdaptiveLimit(settings.leastCalls(settings.slots()), settings.mostCalls(settings.slots()));
        this.waiting = new FairQueue<>(settings.batchShare());
    }

    /** Returns whether the number of slots should be asked for again, because it may have changed. */
    public boolean isSizeDue(long nowNanos) {
        return !sized || nowNanos - sizedAt > SIZE_NANOS;
    }

    /**
     * Takes the number of calls that the servers answer at the same time.
     *
     * @param slots 1 or more
     */
    public void resize(int slots, long nowNanos) {
        sized = true;
        sizedAt = nowNanos;
        limit.resize(settings.leastCalls(slots), settings.mostCalls(slots));
    }

    /** Starts a call of the given caller at once if a slot is free, and no other call waits for it. */
    public boolean tryStart(@Nullable String caller) {
        if (waiting.size() > 0 || inProgress >= limit.current()) {
            return false;
        }
        start(caller);
        return true;
    }

    /**
     * Adds a call to those that wait.
     *
     * @param remaining the time until the deadline of the call, or null if it has none
     * @return null if the call waits, or why it does not
     */
    public @Nullable AdmissionRefusal offer(QueuedCall<T> call, @Nullable Duration remaining) {
        if (remaining != null) {
            Duration wait = expectedWait(call);
            if (wait != null && wait.compareTo(remaining) > 0) {
                return new AdmissionRefusal(Reason.DEADLINE, remaining.toMillis(), wait);
            }
        }
        SharedRoom.Shortage shortage = requests.tryTake(call.caller(), 1);
        if (shortage != null) {
            return refusal(call, requests, shortage == SharedRoom.Shortage.ALL ? Reason.QUEUE_FULL : Reason.CALLER_SHARE, shortage);
        }
        shortage = bytes.tryTake(call.caller(), call.bytes());
        if (shortage != null) {
            requests.give(call.caller(), 1);
            return refusal(call, bytes, shortage == SharedRoom.Shortage.ALL ? Reason.BYTES_FULL : Reason.BYTES_SHARE, shortage);
        }
        waiting.add(call, callers.containsKey(call.caller()));
        return null;
    }

    /** Removes a waiting call; returns false when it does not wait. */
    public boolean remove(QueuedCall<T> call) {
        boolean waited = waiting.remove(call);
        if (waited) {
            free(call);
        }
        return waited;
    }

    /**
     * Takes the next waiting call and gives it a slot, or returns null when there is no call or no slot. A call that does not use its slot
     * must end it.
     */
    public @Nullable QueuedCall<T> startNext() {
        QueuedCall<T> next = inProgress < limit.current() ? waiting.poll() : null;
        if (next != null) {
            free(next);
            start(next.caller());
        }
        return next;
    }

    /** Gives back the slot of a call of the given caller. */
    public void end(@Nullable String caller) {
        inProgress--;
        callers.computeIfPresent(caller, (name, count) -> count > 1 ? count - 1 : null);
    }

    /** Takes note of a call that the server has answered, before its slot is given back. */
    public void answered(long startEpoch, long nanos) {
        serviceTime.add(nanos);
        limit.succeeded(startEpoch, inProgress);
    }

    /** Takes note of a call that shows that the server has too much to do. */
    public void overloaded(long startEpoch) {
        limit.overloaded(startEpoch);
    }

    /**
     * Takes note of whether a call that the server has answered waited there for others. Calls meet by chance at a server, so only when most of
     * the latest ones waited the servers have too much to do.
     *
     * @return whether that is so
     */
    public boolean queued(long startEpoch, boolean hasWaited) {
        queuedShare += ((hasWaited ? 1 : 0) - queuedShare) * QUEUED_WEIGHT;
        boolean isOverload = hasWaited && queuedShare > MOST;
        if (isOverload) {
            limit.overloaded(startEpoch);
        }
        return isOverload;
    }

    /** Returns how long a further call is expected to wait, or null when no call waits or that is not known. */
    public @Nullable Duration backlog() {
        return waiting.size() == 0 ? null : serviceTime.timeFor(waiting.size(), limit.current());
    }

    /** Returns the epoch of the limit, which a call keeps from its start. */
    public long epoch() {
        return limit.epoch();
    }

    /** Returns how many calls may be in progress. */
    public int limit() {
        return limit.current();
    }

    /** Returns how many calls are in progress. */
    public int inProgress() {
        return inProgress;
    }

    /** Returns how many calls of a priority wait. */
    public int waiting(Priority priority) {
        return waiting.size(priority);
    }

    /** Returns how many calls per second the server can answer, or NaN if that is not known. */
    public double perSecond() {
        return serviceTime.perSecond(limit.current());
    }

    /** Returns which calls it has. */
    public ModelGroup group() {
        return group;
    }

    boolean isIdle() {
        return inProgress == 0 && waiting.size() == 0;
    }

    private void start(@Nullable String caller) {
        inProgress++;
        callers.merge(caller, 1, Integer::sum);
    }

    private void free(QueuedCall<T> call) {
        requests.give(call.caller(), 1);
        bytes.give(call.caller(), call.bytes());
    }

    private AdmissionRefusal refusal(QueuedCall<T> call, SharedRoom room, Reason reason, SharedRoom.Shortage shortage) {
        long reached = shortage == SharedRoom.Shortage.ALL ? room.limit() : room.heldBy(call.caller());
        return new AdmissionRefusal(reason, reached, expectedWait(call));
    }

    private @Nullable Duration expectedWait(QueuedCall<T> call) {
        return serviceTime.timeFor(waiting.turnsUntil(call, callers.containsKey(call.caller())), limit.current());
    }
}
