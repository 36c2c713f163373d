package dev.paddock.ports.reuse;

import dev.paddock.domain.reuse.AnswerKey;
import dev.paddock.domain.reuse.AnswerSelection;
import dev.paddock.domain.reuse.StoredAnswer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Keeps complete answers for a while. It may forget any of them at any time. Implementations are thread-safe and return at once: one that
 * needs a network limits its time, and counts a failure as a miss.
 */
public interface AnswerStorePort {

    /** Returns the answer with a key, or null when there is none. */
    @Nullable StoredAnswer find(AnswerKey key);

    /**
     * Stores an answer under its key, in place of another one.
     *
     * @param timeToLive how long it may be returned, positive
     */
    void put(StoredAnswer answer, Duration timeToLive);

    /** Removes answers, and returns how many they were. */
    long remove(AnswerSelection selection);

    /** Changes how much memory the answers may need together; a store without such a limit ignores it. */
    void limit(long maxBytes);

    /** Returns how many answers it has. */
    long entries();

    /** Returns about how many bytes of memory they need. */
    long bytes();
}
