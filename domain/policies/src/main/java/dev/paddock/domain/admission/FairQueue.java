package dev.paddock.domain.admission;

import dev.paddock.domain.exchange.CallAttributes.Priority;
import org.jspecify.annotations.Nullable;

/**
 * The waiting calls of both priorities. Interactive calls come first, but batch calls get a share of the turns, so that they move on.
 * Not thread-safe.
 */
final class FairQueue<T> {

    private final double batchShare;
    private final FairBand<T> interactive = new FairBand<>();
    private final FairBand<T> batch = new FairBand<>();
    private double batchCredit; // in calls

    /** Creates an empty queue with the fraction of turns that batch calls get while interactive calls wait, 0 to 1. */
    FairQueue(double batchShare) {
        this.batchShare = batchShare;
    }

    /**
     * Adds a call.
     *
     * @param hasOtherCalls whether calls of the same caller are in progress
     */
    void add(QueuedCall<T> call, boolean hasOtherCalls) {
        band(call.priority()).add(call, hasOtherCalls);
    }

    boolean remove(QueuedCall<T> call) {
        return band(call.priority()).remove(call);
    }

    @Nullable QueuedCall<T> poll() {
        if (interactive.size() == 0 || batch.size() == 0) {
            return interactive.size() == 0 ? batch.poll() : interactive.poll();
        }
        batchCredit += batchShare;
        if (batchCredit < 1) {
            return interactive.poll();
        }
        batchCredit--;
        return batch.poll();
    }

    int size() {
        return interactive.size() + batch.size();
    }

    int size(Priority priority) {
        return band(priority).size();
    }

    /**
     * Returns about how many calls are taken before a further call is, that call included.
     *
     * @param hasOtherCalls whether calls of the same caller are in progress
     */
    long turnsUntil(QueuedCall<T> call, boolean hasOtherCalls) {
        long turns = band(call.priority()).turnsUntil(call, hasOtherCalls);
        if (call.priority() == Priority.INTERACTIVE) {
            return Math.min(size() + 1L, (long) (turns + turns * batchShare));
        }
        long afterInteractive = interactive.size() + turns;
        return batchShare == 0 ? afterInteractive : Math.min(afterInteractive, (long) Math.ceil(turns / batchShare));
    }

    private FairBand<T> band(Priority priority) {
        return priority == Priority.INTERACTIVE ? interactive : batch;
    }
}
