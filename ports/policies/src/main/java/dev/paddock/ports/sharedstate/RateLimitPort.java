package dev.paddock.ports.sharedstate;

import dev.paddock.domain.admission.RequestRate;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Counts the requests of each caller against its rate. A request is counted by {@link #tryAcquireAtOnce}, or, when that returns null, by
 * {@link #tryAcquire}. Implementations are thread-safe and never fail: one that cannot reach its store counts in this process.
 */
public interface RateLimitPort {

    /**
     * Counts a request, and returns how long its caller has to wait before it would be admitted: zero admits it, and null means that only
     * {@link #tryAcquire} can tell. Returns at once.
     *
     * @param caller the caller: the same text for all of its requests, in all processes that share a store
     * @param rate what it may send
     */
    @Nullable Duration tryAcquireAtOnce(String caller, RequestRate rate);

    /** Counts a request as {@link #tryAcquireAtOnce} does, and always tells. It may wait for a store, for the longest time of an operation. */
    Duration tryAcquire(String caller, RequestRate rate);
}
