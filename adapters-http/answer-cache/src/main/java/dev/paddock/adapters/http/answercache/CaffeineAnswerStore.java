package dev.paddock.adapters.http.answercache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Policy;
import com.github.benmanes.caffeine.cache.RemovalCause;
import dev.paddock.domain.metrics.Metric.Series;
import dev.paddock.domain.metrics.ReuseMetrics;
import dev.paddock.domain.reuse.AnswerKey;
import dev.paddock.domain.reuse.AnswerSelection;
import dev.paddock.domain.reuse.StoredAnswer;
import dev.paddock.domain.time.Ticker;
import dev.paddock.ports.metrics.MetricsPort;
import dev.paddock.ports.reuse.AnswerStorePort;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Keeps answers in the memory of this process, up to a number of bytes; the ones that are of the least use are dropped. Thread-safe. */
final class CaffeineAnswerStore implements AnswerStorePort {

    private static final Series BY_SIZE = ReuseMetrics.EVICTIONS.with("size");
    private static final Series BY_AGE = ReuseMetrics.EVICTIONS.with("expired");

    private final Cache<AnswerKey, Entry> entries;
    private final AtomicLong generation = new AtomicLong();
    private final LongAdder evictions = new LongAdder();
    private final LongAdder expirations = new LongAdder();

    CaffeineAnswerStore(long maxBytes, Ticker ticker, MetricsPort metrics) {
        metrics.count(BY_SIZE, 0);
        metrics.count(BY_AGE, 0);
        this.entries = Caffeine.newBuilder()
                .maximumWeight(maxBytes)
                .weigher((AnswerKey key, Entry entry) -> (int) Math.min(Integer.MAX_VALUE, entry.received.weight()))
                .expireAfter(Expiry.<AnswerKey, Entry>creating((key, entry) -> entry.timeToLive))
                .ticker(ticker::nanos)
                // In the calling thread, so that the limit holds as soon as an answer is stored.
                .executor(Runnable::run)
                .evictionListener((@Nullable AnswerKey key, @Nullable Entry entry, RemovalCause cause) -> {
                    boolean isSize = cause == RemovalCause.SIZE;
                    (isSize ? evictions : expirations).increment();
                    metrics.count(isSize ? BY_SIZE : BY_AGE, 1);
                })
                .build();
    }

    @Override
    public @Nullable StoredAnswer find(AnswerKey key) {
        Entry entry = entries.getIfPresent(key);
        if (entry == null) {
            return null;
        }
        StoredAnswer answer = entry.answer();
        if (answer == null) {
            entries.asMap().remove(key, entry);
        }
        return answer;
    }

    @Override
    public long generation() {
        return generation.get();
    }

    @Override
    public void put(StoredAnswer answer, Duration timeToLive, long itsGeneration) {
        put(answer, same -> same, timeToLive, itsGeneration);
    }

    /**
     * Stores an answer that is examined when it is found for the first time.
     *
     * @param examination returns the answer to give instead, or null when it is to be dropped; may be called more than once
     */
    void put(StoredAnswer answer, Function<StoredAnswer, @Nullable StoredAnswer> examination, Duration timeToLive, long itsGeneration) {
        if (generation.get() != itsGeneration) {
            return;
        }
        Entry entry = new Entry(answer, examination, timeToLive);
        entries.put(answer.key(), entry);
        if (generation.get() != itsGeneration) {
            entries.asMap().remove(answer.key(), entry); // the removal may have passed its place already
        }
    }

    @Override
    public long remove(AnswerSelection selection) {
        generation.incrementAndGet(); // before the removal: an answer in progress may be as wrong as those that are removed
        long removed = 0;
        for (AnswerKey key : entries.asMap().keySet()) {
            if (selection.contains(key) && entries.asMap().remove(key) != null) {
                removed++;
            }
        }
        return removed;
    }

    @Override
    public void limit(long maxBytes) {
        entries.policy().eviction().ifPresent(eviction -> eviction.setMaximum(maxBytes));
        entries.cleanUp();
    }

    @Override
    public long entries() {
        entries.cleanUp();
        return entries.estimatedSize();
    }

    @Override
    public long bytes() {
        entries.cleanUp();
        return entries.policy().eviction().map(Policy.Eviction::weightedSize).orElseThrow().orElseThrow();
    }

    /** Returns how many answers were dropped because the memory was full. */
    long evictions() {
        return evictions.sum();
    }

    /** Returns how many answers were dropped because of their age. */
    long expirations() {
        return expirations.sum();
    }

    private static final class Entry {

        private final StoredAnswer received;
        private final Function<StoredAnswer, @Nullable StoredAnswer> examination;
        private final Duration timeToLive;
        private volatile @Nullable StoredAnswer examined;

        Entry(StoredAnswer received, Function<StoredAnswer, @Nullable StoredAnswer> examination, Duration timeToLive) {
            this.received = received;
            this.examination = examination;
            this.timeToLive = timeToLive;
        }

        @Nullable StoredAnswer answer() {
            StoredAnswer known = examined;
            if (known == null) {
                known = examination.apply(received);
                examined = known;
            }
            return known;
        }
    }
}
