package dev.paddock.ports.sharedstate;

import dev.paddock.domain.sharedstate.StoreState;
import dev.paddock.ports.reuse.AnswerStorePort;
import dev.paddock.ports.reuse.QuestionStorePort;
import org.jspecify.annotations.Nullable;

/**
 * The state that this process shares with others by means of one store. Nothing of it fails when the store does: calls then use the state of
 * this process. Thread-safe.
 */
public interface SharedStatePort extends AutoCloseable {

    /** Returns the answers in the store, or null when they are not shared. One that cannot be read in time is not there. */
    @Nullable AnswerStorePort answers();

    /** Returns the questions of semantic caches in the store, or null when answers are not shared. */
    @Nullable QuestionStorePort questions();

    /**
     * Returns rate limits that hold for all processes together, or the local ones when they are not shared.
     *
     * @param local counts in this process while the store cannot; a caller then has an equal share of its rate in each process
     */
    RateLimitPort rateLimits(RateLimitPort local);

    /** Returns leases of which one process at a time has each, or null when there are none. */
    @Nullable LeasePort leases();

    /** Sets what removes the answers in this process after another one has removed some. It returns at once. */
    void onAnswersRemoved(Runnable action);

    /** Tells the other processes that models may have changed. Returns at once. */
    void announceModelChange();

    /** Sets what looks for changed models after another process has announced some, or may have. It returns at once. */
    void onModelChange(Runnable action);

    /** Returns what the store can do at present. */
    StoreState state();

    /** Closes the connections. Operations then use the state of this process. Closing again does nothing. */
    @Override
    void close();
}
