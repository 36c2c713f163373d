package dev.paddock.domain.admission;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;

/**
 * The waiting calls of one priority, in fair order: deficit round robin over callers, each call counting one. In each round a caller gets
 * as many calls as its weight says.
 *
 * <p>A caller without another call is served before those that wait already, once, as in FQ-CoDel (RFC 8290, section 4.2): the calls in
 * progress may all belong to one of those. It stays known for one round, so that it does not come first with each of its calls.
 * After some turns in a row the others get one, because new callers may come without end.
 *
 * <p>Adding, removing and taking cost the same however many calls wait. Not thread-safe.
 */
final class FairBand<T> {

    private static final int NEW_TURNS_IN_A_ROW = 16;

    /** The calls of one caller. */
    private static final class CallerCalls<T> {

        private final @Nullable String caller;
        private final SequencedSet<QueuedCall<T>> calls = new LinkedHashSet<>(); // the longest waiting first
        private int weight;
        private int deficit;
        private boolean isNew;

        CallerCalls(@Nullable String caller, int weight, boolean isNew) {
            this.caller = caller;
            this.weight = weight;
            this.deficit = weight;
            this.isNew = isNew;
        }
    }

    private final Map<@Nullable String, CallerCalls<T>> callers = new HashMap<>();
    private final SequencedSet<CallerCalls<T>> newCallers = new LinkedHashSet<>();
    private final SequencedSet<CallerCalls<T>> oldCallers = new LinkedHashSet<>();
    private int newTurns; // in a row
    private int size;
    private long weights; // of the callers

    /**
     * Adds a call.
     *
     * @param hasOtherCalls whether calls of the same caller are in progress
     */
    void add(QueuedCall<T> call, boolean hasOtherCalls) {
        CallerCalls<T> own = callers.get(call.caller());
        if (own == null) {
            own = new CallerCalls<>(call.caller(), call.weight(), !hasOtherCalls);
            callers.put(call.caller(), own);
            (hasOtherCalls ? oldCallers : newCallers).add(own);
            weights += own.weight;
        } else if (own.weight != call.weight()) {
            weights += call.weight() - own.weight;
            own.weight = call.weight();
        }
        own.calls.add(call);
        size++;
    }

    /** Removes a call wherever it is; returns false when it is not in the queue. */
    boolean remove(QueuedCall<T> call) {
        CallerCalls<T> own = callers.get(call.caller());
        if (own == null || !own.calls.remove(call)) {
            return false;
        }
        size--;
        if (own.calls.isEmpty() && own.isNew && own.deficit == own.weight) { // it had no turn
            newCallers.remove(own);
            forget(own);
        }
        forgetAllWhenEmpty();
        return true;
    }

    /** Takes the next call out of the queue; returns null when there is none. */
    @Nullable QueuedCall<T> poll() {
        while (size > 0) {
            boolean isNewTurn = oldCallers.isEmpty() || (!newCallers.isEmpty() && newTurns < NEW_TURNS_IN_A_ROW);
            SequencedSet<CallerCalls<T>> list = isNewTurn ? newCallers : oldCallers;
            CallerCalls<T> next = list.getFirst();
            if (next.deficit <= 0) {
                next.deficit += next.weight;
                moveToEnd(next, list);
            } else if (!next.calls.isEmpty()) {
                newTurns = isNewTurn ? newTurns + 1 : 0;
                next.deficit--;
                size--;
                QueuedCall<T> call = next.calls.removeFirst();
                forgetAllWhenEmpty();
                return call;
            } else if (next.isNew) {
                moveToEnd(next, list);
            } else {
                list.remove(next);
                forget(next);
            }
        }
        return null;
    }

    int size() {
        return size;
    }

    /**
     * Returns about how many calls are taken before a further call is, that call included.
     *
     * @param hasOtherCalls whether calls of the same caller are in progress
     */
    long turnsUntil(QueuedCall<T> call, boolean hasOtherCalls) {
        CallerCalls<T> own = callers.get(call.caller());
        if (own == null && !hasOtherCalls) {
            return Math.min(size, newCallers.size()) + 1L; // it comes behind the other new callers
        }
        int ownCalls = own == null ? 0 : own.calls.size();
        long allWeights = weights + (own == null ? call.weight() : 0);
        long turns = (ownCalls + 1L) * allWeights / call.weight(); // all others use their shares
        return Math.min(size + 1L, Math.max(ownCalls + 1L, turns));
    }

    private void moveToEnd(CallerCalls<T> caller, SequencedSet<CallerCalls<T>> list) {
        list.remove(caller);
        caller.isNew = false;
        oldCallers.add(caller);
    }

    private void forget(CallerCalls<T> caller) {
        callers.remove(caller.caller);
        weights -= caller.weight;
    }

    private void forgetAllWhenEmpty() {
        if (size == 0) {
            callers.clear();
            newCallers.clear();
            oldCallers.clear();
            weights = 0;
        }
    }
}
