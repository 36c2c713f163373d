package dev.paddock.ports.reuse;

import dev.paddock.domain.reuse.AnswerSelection;
import dev.paddock.domain.reuse.CacheReport;
import dev.paddock.domain.reuse.CacheTuning;

/** The cache of answers as its operator sees it. Thread-safe. */
public interface AnswerCachePort {

    /** Returns what it has done, and what it holds. */
    CacheReport report();

    /** Returns the present tuning. */
    CacheTuning tuning();

    /** Changes the tuning. A new time to live is for answers that are stored from now on. */
    void tune(CacheTuning tuning);

    /** Removes answers, and returns how many they were. */
    long clear(AnswerSelection selection);
}
