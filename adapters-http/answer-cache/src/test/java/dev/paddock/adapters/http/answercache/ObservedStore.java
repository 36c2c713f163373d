package dev.paddock.adapters.http.answercache;

import dev.paddock.domain.reuse.AnswerKey;
import dev.paddock.domain.reuse.AnswerSelection;
import dev.paddock.domain.reuse.StoredAnswer;
import dev.paddock.ports.reuse.AnswerStorePort;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A store that does something at two moments.
 *
 * @param store has the answers
 * @param onMiss runs after it was seen that there is no answer, and before the caller learns of it
 * @param beforeRemoval runs before answers are removed
 */
record ObservedStore(AnswerStorePort store, Runnable onMiss, Runnable beforeRemoval) implements AnswerStorePort {

    @Override
    public @Nullable StoredAnswer find(AnswerKey key) {
        StoredAnswer found = store.find(key);
        if (found == null) {
            onMiss.run();
        }
        return found;
    }

    @Override
    public long generation() {
        return store.generation();
    }

    @Override
    public void put(StoredAnswer answer, Duration timeToLive, long generation) {
        store.put(answer, timeToLive, generation);
    }

    @Override
    public long remove(AnswerSelection selection) {
        beforeRemoval.run();
        return store.remove(selection);
    }

    @Override
    public void limit(long maxBytes) {
        store.limit(maxBytes);
    }

    @Override
    public long entries() {
        return store.entries();
    }

    @Override
    public long bytes() {
        return store.bytes();
    }
}
