package dev.paddock.adapters.http.answercache.embedding;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import dev.paddock.domain.exchange.CacheControl;
import dev.paddock.domain.metrics.BatchMetrics;
import dev.paddock.domain.reuse.AnswerKey;
import dev.paddock.domain.reuse.AnswerSelection;
import dev.paddock.domain.time.Ticker;
import dev.paddock.ports.metrics.MetricsPort;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Stored vectors by text, within a number of bytes. Thread-safe. */
final class VectorCache {

    private final Cache<AnswerKey, Entry> entries;
    private final long maxBytes;
    private final MetricsPort metrics;
    private final Ticker ticker;
    private final AtomicLong generation = new AtomicLong();

    VectorCache(long maxBytes, Duration timeToLive, MetricsPort metrics, Ticker ticker) {
        this.maxBytes = maxBytes;
        this.metrics = metrics;
        this.ticker = ticker;
        this.entries = Caffeine.newBuilder()
                .maximumWeight(maxBytes)
                .weigher(VectorCache::weight)
                .expireAfterWrite(timeToLive)
                .ticker(ticker::nanos)
                .executor(Runnable::run) // evicts in the thread that stores, so that the bound holds when put returns
                .removalListener((@Nullable AnswerKey key, @Nullable Entry entry, RemovalCause cause) -> removed(key, entry))
                .build();
        metrics.adjust(BatchMetrics.BYTES.with(), 0);
    }

    /** Returns the vector with a key, or null if there is none that the caller allows. */
    @Nullable StoredVector find(AnswerKey key, CacheControl control) {
        Entry entry = entries.getIfPresent(key);
        boolean isAllowed = entry != null && control.allowsAge(Duration.ofNanos(Math.max(0, ticker.nanos() - entry.storedAt)));
        return entry != null && isAllowed ? entry.vector : null;
    }

    /** Stores a vector; one that is larger than the memory for all is ignored. */
    void put(AnswerKey key, StoredVector vector) {
        Entry entry = new Entry(vector, ticker.nanos());
        int weight = weight(key, entry);
        if (weight <= maxBytes) {
            metrics.adjust(BatchMetrics.BYTES.with(), weight);
            entries.put(key, entry);
        }
    }

    void remove(Collection<AnswerKey> keys) {
        entries.invalidateAll(keys);
    }

    /** Removes the vectors of some callers or models. Those that are on their way must not be stored: the generation changes first. */
    void remove(AnswerSelection selection) {
        generation.incrementAndGet();
        entries.asMap().keySet().removeIf(selection::contains);
    }

    /** Returns the present generation of vectors; a removal by selection ends it. */
    long generation() {
        return generation.get();
    }

    /** Returns how many bytes all need. */
    long bytes() {
        return entries.policy().eviction().orElseThrow().weightedSize().orElseThrow();
    }

    private void removed(@Nullable AnswerKey key, @Nullable Entry entry) {
        if (key != null && entry != null) {
            metrics.adjust(BatchMetrics.BYTES.with(), -weight(key, entry));
        }
    }

    private static int weight(AnswerKey key, Entry entry) {
        return entry.vector.weight() + 2 * (key.tenant().length() + key.model().length() + key.version().length());
    }

    private record Entry(StoredVector vector, long storedAt) {}
}
