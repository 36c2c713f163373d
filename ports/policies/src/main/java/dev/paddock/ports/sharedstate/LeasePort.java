package dev.paddock.ports.sharedstate;

/**
 * Gives the right to do something to one holder at a time. A lease is renewed until it is released; the lease of a process that has ended
 * expires after a few seconds. It saves work and protects nothing: a process that cannot reach the store has its own leases. Implementations
 * are thread-safe, never fail, and wait at most for the longest time of an operation.
 */
public interface LeasePort {

    /**
     * Takes a lease.
     *
     * @param name what is to be done, the same text in all processes that share a store
     * @return whether the caller has it now and must {@linkplain #release release} it; false while another holder has it
     */
    boolean tryAcquire(String name);

    /** Returns whether somebody holds a lease. */
    boolean isHeld(String name);

    /** Gives back a lease that {@link #tryAcquire} gave; after everything that was stored before, for those who share the store. Returns at once. */
    void release(String name);

    /** Returns leases among the threads of this process. */
    static LeasePort local() {
        return new LocalLeases();
    }
}
