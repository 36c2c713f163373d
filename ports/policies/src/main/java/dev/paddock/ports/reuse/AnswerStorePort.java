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

    /** Returns the number of the present generation of answers. Each removal begins another one. */
    long generation();

    /**
     * Stores an answer under its key, in place of another one. It does nothing when another generation has begun: the answer may be as wrong
     * as those that were removed.
     *
     * @param timeToLive how long it may be returned, positive
     * @param generation the generation when its server was asked
     */
    void put(StoredAnswer answer, Duration timeToLive, long generation);

    /** Removes answers, and returns how many they were; zero also stands for a number that is not known. */
    long remove(AnswerSelection selection);

    /** Changes how much memory the answers may need together; a store without such a limit ignores it. */
    void limit(long maxBytes);

    /** Returns how many answers it has; zero also stands for a number that is not known. */
    long entries();

    /** Returns about how many bytes of memory they need. */
    long bytes();
}
