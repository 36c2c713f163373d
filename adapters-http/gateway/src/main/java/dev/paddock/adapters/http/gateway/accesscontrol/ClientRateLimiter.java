package dev.paddock.adapters.http.gateway.accesscontrol;

import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Limits how often each client may ask. Of the clients, those are forgotten that have not asked for the longest time when there are
 * too many to be remembered. Thread-safe; it never waits for anything but another thread that looks up a client.
 */
final class ClientRateLimiter {

    private final AccessSettings.RateLimit rate;
    private final TimeMeter clock;
    private final Lock lock = new ReentrantLock();
    private final Map<String, Bucket> buckets; // by client, guarded by lock

    ClientRateLimiter(AccessSettings.RateLimit rate, TimeMeter clock) {
        this.rate = rate;
        this.clock = clock;
        this.buckets = new LatestFirst(rate.clients());
    }

    /** Counts a request of a client and returns how long it has to wait before it may be made; zero if it may be made now. */
    Duration tryAcquire(String client) {
        ConsumptionProbe probe = bucket(client).tryConsumeAndReturnRemaining(1);
        return probe.isConsumed() ? Duration.ZERO : Duration.ofNanos(Math.max(1, probe.getNanosToWaitForRefill()));
    }

    /** Returns how many clients are remembered. */
    int clients() {
        lock.lock();
        try {
            return buckets.size();
        } finally {
            lock.unlock();
        }
    }

    private Bucket bucket(String client) {
        lock.lock();
        try {
            return buckets.computeIfAbsent(client, newClient -> newBucket());
        } finally {
            lock.unlock();
        }
    }

    private Bucket newBucket() {
        Duration perRequest = Duration.ofNanos(Math.round(1e9 / rate.perSecond()));
        Bandwidth bandwidth =
                Bandwidth.builder().capacity(rate.burst()).refillGreedy(1, perRequest).build();
        return Bucket.builder().addLimit(bandwidth).withCustomTimePrecision(clock).build();
    }

    /** A map in the order of access that keeps no more than a number of entries. */
    private static final class LatestFirst extends LinkedHashMap<String, Bucket> {

        private static final long serialVersionUID = 1L;

        private final int most;

        LatestFirst(int most) {
            super(16, 0.75f, true);
            this.most = most;
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
            return size() > most;
        }
    }
}
