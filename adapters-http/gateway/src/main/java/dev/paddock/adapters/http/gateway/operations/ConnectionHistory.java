package dev.paddock.adapters.http.gateway.operations;

import static java.util.Objects.requireNonNull;

import dev.paddock.adapters.http.wire.json.PlainJson;
import dev.paddock.domain.pool.EndpointPool;
import dev.paddock.ports.pool.PoolPort;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The connections of the last minutes, so that a page shows also what was before it was opened: one sample a second, in memory that does not
 * grow. Only the numbers of the pool are read, which takes microseconds. Thread-safe.
 */
final class ConnectionHistory implements AutoCloseable {

    /** The number of samples that are kept. */
    static final int LENGTH = 300;

    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private final PoolPort pools;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Lock lock = new ReentrantLock();
    private final Deque<Map<String, Sample>> samples = new ArrayDeque<>(LENGTH + 1); // by endpoint, the oldest first; guarded by lock

    /** Creates a history that takes samples only when it is told to. */
    ConnectionHistory(PoolPort pools) {
        this.pools = requireNonNull(pools, "pools");
    }

    /** Begins to take a sample each second. */
    ConnectionHistory start() {
        Thread.ofVirtual().name("paddock-connection-history").start(this::run);
        return this;
    }

    private void run() {
        try {
            while (!closed.await(INTERVAL.toMillis(), TimeUnit.MILLISECONDS)) {
                sample();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Takes a sample. */
    void sample() {
        Map<String, Sample> now = new LinkedHashMap<>();
        pools.pools().forEach(pool -> now.put(pool.endpoint(), Sample.of(pool)));
        lock.lock();
        try {
            samples.addLast(now);
            if (samples.size() > LENGTH) {
                samples.removeFirst();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Returns the samples as JSON, the oldest first. A number is null while there was no pool, and where the transport does not know it. */
    Map<String, @Nullable Object> report() {
        List<Map<String, Sample>> all;
        lock.lock();
        try {
            all = List.copyOf(samples);
        } finally {
            lock.unlock();
        }
        List<String> endpoints = all.stream().flatMap(each -> each.keySet().stream()).distinct().toList();
        return PlainJson.object(
                "interval_ms", INTERVAL.toMillis(),
                "servers", endpoints.stream().map(endpoint -> json(endpoint, all)).toList());
    }

    private static Map<String, @Nullable Object> json(String endpoint, List<Map<String, Sample>> all) {
        return PlainJson.object(
                "endpoint", endpoint,
                "leased", numbers(endpoint, all, Sample::leased),
                "idle", numbers(endpoint, all, Sample::idle),
                "pending", numbers(endpoint, all, Sample::pending),
                "created", numbers(endpoint, all, Sample::created),
                "closed", numbers(endpoint, all, Sample::closed));
    }

    private static List<@Nullable Number> numbers(
            String endpoint, List<Map<String, Sample>> all, Function<Sample, @Nullable Number> number) {
        return all.stream()
                .<@Nullable Number>map(each -> {
                    Sample sample = each.get(endpoint);
                    return sample == null ? null : number.apply(sample);
                })
                .toList();
    }

    /** Takes no more samples. */
    @Override
    public void close() {
        closed.countDown();
    }

    /** The numbers of one pool at one time; those of created and closed connections are sums since its start. */
    private record Sample(int leased, @Nullable Integer idle, int pending, @Nullable Long created, long closed) {

        static Sample of(EndpointPool pool) {
            return new Sample(
                    pool.usage().leased(),
                    pool.usage().idle(),
                    pool.usage().pending(),
                    pool.totals().created(),
                    pool.totals().closed().values().stream().mapToLong(Long::longValue).sum());
        }
    }
}
