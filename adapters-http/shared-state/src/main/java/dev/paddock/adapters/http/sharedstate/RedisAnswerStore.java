package dev.paddock.adapters.http.sharedstate;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.paddock.domain.metrics.SharedStateMetrics;
import dev.paddock.domain.reuse.AnswerKey;
import dev.paddock.domain.reuse.AnswerSelection;
import dev.paddock.domain.reuse.StoredAnswer;
import dev.paddock.domain.sharedstate.StoreState;
import dev.paddock.ports.metrics.MetricsPort;
import dev.paddock.ports.reuse.AnswerStorePort;
import io.lettuce.core.KeyValue;
import io.lettuce.core.SetArgs;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The answers in the store. Reading also reads what processes agree on, and an answer is one only while both agree, so that no announcement
 * has to arrive for it. Writing happens in the background. Thread-safe.
 */
final class RedisAnswerStore implements AnswerStorePort {

    private static final String HIT = "hit";
    private static final String MISS = "miss";
    private static final String STORED = "stored";
    private static final String TOO_LARGE = "too_large";
    private static final String DROPPED = "dropped";

    private final SharedStore store;
    private final StoreOperations operations;
    private final BackgroundWrites writes;
    private final MetricsPort metrics;
    private final InstantSource clock;

    RedisAnswerStore(
            SharedStore store, StoreOperations operations, BackgroundWrites writes, MetricsPort metrics, InstantSource clock) {
        this.store = store;
        this.operations = operations;
        this.writes = writes;
        this.metrics = metrics;
        this.clock = clock;
        for (String event : new String[] {HIT, MISS, STORED, TOO_LARGE, DROPPED}) {
            metrics.count(SharedStateMetrics.ANSWERS.with(event), 0);
        }
    }

    @Override
    public @Nullable StoredAnswer find(AnswerKey key) {
        long generation = store.agreement().generation();
        if (generation == 0 || !store.canWithdraw()) {
            return null;
        }
        byte[] hash = StoreNames.hash(key);
        String name = store.names().answer(generation, hash);
        Reading reading = operations.run(StoreOperations.READ, session -> read(session, name));
        if (reading == null) {
            return null;
        }
        StoredAnswer answer = agrees(reading, generation) ? answer(reading, key, hash) : null;
        count(answer == null ? MISS : HIT);
        return answer;
    }

    private CompletionStage<Reading> read(StoreSession session, String name) {
        CompletableFuture<List<KeyValue<String, byte[]>>> values = session.commands()
                .mget(store.names().generation(), store.names().models(), name)
                .toCompletableFuture();
        return values.thenCombine(session.commands().pttl(name), Reading::new);
    }

    private boolean agrees(Reading reading, long generation) {
        boolean agrees = reading.text(0).equals(Long.toString(generation)) && reading.text(1).equals(store.agreement().models());
        if (!agrees) {
            store.lookSoon();
        }
        return agrees;
    }

    private @Nullable StoredAnswer answer(Reading reading, AnswerKey key, byte[] hash) {
        byte[] bytes = reading.values().get(2).getValueOrElse(new byte[0]);
        return bytes.length == 0 || reading.millisLeft() <= 0
                ? null
                : AnswerCodec.decode(
                        bytes, key, hash, Duration.ofMillis(reading.millisLeft()), clock.instant(), store.settings().maxEntryBytes());
    }

    @Override
    public long generation() {
        return store.agreement().generation();
    }

    /** Stores it in the background. In a generation that has ended meanwhile it is not found any more. */
    @Override
    public void put(StoredAnswer answer, Duration timeToLive, long generation) {
        boolean isTaken = generation > 0
                && store.state() == StoreState.AVAILABLE
                && writes.submit(answer.weight(), () -> write(answer, timeToLive, generation));
        if (!isTaken) {
            count(DROPPED);
        }
    }

    private CompletionStage<?> write(StoredAnswer answer, Duration timeToLive, long generation) {
        byte[] hash = StoreNames.hash(answer.key());
        byte[] bytes = AnswerCodec.encode(answer, hash, timeToLive, store.settings().maxEntryBytes());
        if (bytes == null) {
            count(TOO_LARGE);
            return CompletableFuture.completedStage(null);
        }
        String name = store.names().answer(generation, hash);
        SetArgs expiry = SetArgs.Builder.px(Math.max(1, timeToLive.toMillis()));
        return operations
                .begin(StoreOperations.WRITE, session -> session.commands().set(name, bytes, expiry))
                .whenComplete((stored, failure) -> count(failure == null ? STORED : DROPPED));
    }

    /** Removes all answers, whatever the selection: the next generation has none of them. */
    @Override
    public long remove(AnswerSelection selection) {
        store.agreement().remove();
        store.lookSoon();
        return 0;
    }

    @Override
    public void limit(long maxBytes) {
        // The store has a limit of its own.
    }

    @Override
    public long entries() {
        return 0;
    }

    @Override
    public long bytes() {
        return 0;
    }

    private void count(String event) {
        metrics.count(SharedStateMetrics.ANSWERS.with(event), 1);
    }

    /**
     * What was read at once.
     *
     * @param values the generation, the token of models, and the answer
     * @param millisLeft how long the answer stays in the store
     */
    private record Reading(List<KeyValue<String, byte[]>> values, long millisLeft) {

        String text(int index) {
            return new String(values.get(index).getValueOrElse(new byte[0]), UTF_8);
        }
    }
}
