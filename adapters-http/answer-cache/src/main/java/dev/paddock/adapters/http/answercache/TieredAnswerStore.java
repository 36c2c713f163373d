package dev.paddock.adapters.http.answercache;

import dev.paddock.domain.reuse.AnswerKey;
import dev.paddock.domain.reuse.AnswerSelection;
import dev.paddock.domain.reuse.StoredAnswer;
import dev.paddock.ports.reuse.AnswerStorePort;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A store before another one: answers that the second one has are kept in the first one, too. What has a limit or is counted is the first
 * one. Thread-safe.
 *
 * @param first the store that is asked first
 * @param second the store that has the answers of other processes, too
 * @param timeLeft how long an answer may still be used
 */
record TieredAnswerStore(AnswerStorePort first, AnswerStorePort second, Function<StoredAnswer, Duration> timeLeft) implements AnswerStorePort {

    @Override
    public @Nullable StoredAnswer find(AnswerKey key) {
        StoredAnswer near = first.find(key);
        if (near != null) {
            return near;
        }
        long generation = first.generation();
        StoredAnswer far = second.find(key);
        if (far == null || !far.key().equals(key)) {
            return null;
        }
        Duration left = timeLeft.apply(far);
        if (!left.isPositive() || first.generation() != generation) {
            return null;
        }
        first.put(far, left, generation);
        return far;
    }

    @Override
    public long generation() {
        return first.generation();
    }

    /** Stores it in both. A removal reaches the first one before the second, so the generation of the second is taken before that of the first. */
    @Override
    public void put(StoredAnswer answer, Duration timeToLive, long generation) {
        long ofSecond = second.generation();
        if (first.generation() == generation) {
            first.put(answer, timeToLive, generation);
            second.put(answer, timeToLive, ofSecond);
        }
    }

    @Override
    public long remove(AnswerSelection selection) {
        long removed = first.remove(selection);
        second.remove(selection);
        return removed + first.remove(selection); // what a look-up has brought back from the second one meanwhile
    }

    @Override
    public void limit(long maxBytes) {
        first.limit(maxBytes);
    }

    @Override
    public long entries() {
        return first.entries();
    }

    @Override
    public long bytes() {
        return first.bytes();
    }
}
