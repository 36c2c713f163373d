package dev.paddock.ports.reuse;

import dev.paddock.domain.exchange.CallContext;
import dev.paddock.domain.exchange.ExchangeRequest;
import dev.paddock.domain.reuse.AnswerSelection;
import dev.paddock.domain.reuse.CacheReport;
import dev.paddock.domain.reuse.CacheTuning;
import dev.paddock.domain.reuse.PreparedCall;

/** The cache of answers as its operator sees it, and those who make many calls on few threads. Thread-safe. */
public interface AnswerCachePort {

    /** Returns what it has done, and what it holds. */
    CacheReport report();

    /** Returns the present tuning. */
    CacheTuning tuning();

    /** Changes the tuning. A new time to live is for answers that are stored from now on. */
    void tune(CacheTuning tuning);

    /**
     * Examines a call that is about to be made, and returns at once. If its answer is in memory, the call gets that answer, whatever happens
     * to the cache meanwhile; so it is to be made at once.
     */
    PreparedCall prepare(ExchangeRequest request, CallContext context);

    /** Removes answers, and returns how many they were. */
    long clear(AnswerSelection selection);
}
