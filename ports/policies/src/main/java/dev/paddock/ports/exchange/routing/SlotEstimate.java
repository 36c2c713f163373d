package dev.paddock.ports.exchange.routing;

/**
 * How many calls to a model a server answers at the same time, learned from the time that calls waited there: when three calls in a row do
 * not wait although more than the known number are in progress, it is one more; when one waits although they are not, it is less.
 * Thread-safe.
 */
final class SlotEstimate {

    private static final int EVIDENCE = 3;

    private volatile int slots = 1; // written under the lock of this
    private int unqueued; // guarded by this

    /**
     * Takes what a call has shown.
     *
     * @param inFlight the calls in progress when it was sent, itself included
     * @param hasWaited whether it waited for others at the server
     */
    synchronized void add(int inFlight, boolean hasWaited) {
        if (hasWaited && inFlight <= slots) {
            slots = Math.max(1, inFlight - 1);
        }
        unqueued = !hasWaited && inFlight > slots ? unqueued + 1 : hasWaited ? 0 : unqueued;
        if (unqueued >= EVIDENCE) {
            slots++;
            unqueued = 0;
        }
    }

    int slots() {
        return slots;
    }
}
