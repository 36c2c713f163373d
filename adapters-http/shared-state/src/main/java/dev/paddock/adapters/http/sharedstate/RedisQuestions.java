package dev.paddock.adapters.http.sharedstate;

import dev.paddock.domain.reuse.semantic.StoredQuestion;
import dev.paddock.domain.sharedstate.StoreState;
import dev.paddock.ports.reuse.QuestionStorePort;
import io.lettuce.core.Limit;
import io.lettuce.core.Range;
import io.lettuce.core.ScoredValue;
import io.lettuce.core.ScriptOutputType;
import java.time.Duration;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The questions of semantic caches in the store: the newest ones of the last day, in the order of their times. After each look at the store
 * this process reads what was added since, page by page and without waiting for it. Thread-safe.
 */
final class RedisQuestions implements QuestionStorePort {

    /** The most questions that the store keeps. */
    static final int MOST = 10_000;

    private static final Duration KEPT = Duration.ofDays(1);
    private static final int PAGE = 100;

    /** How far the clock of a replica that has taken over may be behind, in microseconds. */
    private static final double CLOCK_SKEW = 60e6;

    private final SharedStore store;
    private final StoreOperations operations;
    private final BackgroundWrites writes;
    private final AtomicBoolean isReading = new AtomicBoolean();
    private volatile @Nullable Consumer<StoredQuestion> receiver;
    private @Nullable StoreSession session; // in which was read last; this and below are used by one reading after the other
    private long generation;
    private double latest;
    private final NavigableSet<Double> seen = new TreeSet<>(); // the last times, which are read again in another session

    RedisQuestions(SharedStore store, StoreOperations operations, BackgroundWrites writes) {
        this.store = store;
        this.operations = operations;
        this.writes = writes;
    }

    @Override
    public void add(StoredQuestion question) {
        long present = store.agreement().generation();
        byte[] bytes = QuestionCodec.encode(question);
        if (present > 0 && store.state() == StoreState.AVAILABLE && bytes.length <= store.settings().maxEntryBytes()) {
            String[] keys = {store.names().questions(present)};
            boolean unused = writes.submit(bytes.length, () -> operations.begin(
                    StoreOperations.QUESTIONS,
                    open -> open.run(
                            Scripts.ADD_QUESTION,
                            ScriptOutputType.INTEGER,
                            keys,
                            bytes,
                            StoreSession.bytes(Integer.toString(MOST)),
                            StoreSession.bytes(Long.toString(KEPT.toMillis())))));
        }
    }

    @Override
    public void onAdded(Consumer<StoredQuestion> newReceiver) {
        receiver = newReceiver;
        store.onLook(this::read);
        store.lookSoon();
    }

    /** Begins to read what is new, unless that is going on. */
    private void read() {
        StoreSession open = store.session();
        if (open == null || !store.canWithdraw() || !isReading.compareAndSet(false, true)) {
            return;
        }
        long present = store.agreement().generation();
        if (present != generation) {
            generation = present;
            session = null;
            seen.clear();
        }
        if (open != session) {
            session = open; // the store may have an older copy
            latest = seen.isEmpty() ? 0 : seen.last() - CLOCK_SKEW;
        }
        Range<Double> newer = Range.from(Range.Boundary.excluding(latest), Range.Boundary.unbounded());
        var unused = operations
                .begin(
                        StoreOperations.QUESTIONS,
                        used -> used.commands().zrangebyscoreWithScores(store.names().questions(present), newer, Limit.from(PAGE)))
                .whenCompleteAsync(
                        (page, failure) -> take(page), task -> Thread.ofVirtual().name("paddock-shared-questions").start(task));
    }

    private void take(@Nullable List<ScoredValue<byte[]>> page) {
        Consumer<StoredQuestion> present = receiver;
        boolean isFull = false;
        try {
            if (page != null && present != null) {
                for (ScoredValue<byte[]> value : page) {
                    latest = Math.max(latest, value.getScore());
                    StoredQuestion question = seen.add(value.getScore()) ? QuestionCodec.decode(value.getValue()) : null;
                    if (question != null) {
                        present.accept(question);
                    }
                }
                if (!seen.isEmpty()) {
                    seen.headSet(seen.last() - CLOCK_SKEW).clear();
                }
                isFull = page.size() == PAGE;
            }
        } finally {
            isReading.set(false);
        }
        if (isFull) {
            read();
        }
    }
}
