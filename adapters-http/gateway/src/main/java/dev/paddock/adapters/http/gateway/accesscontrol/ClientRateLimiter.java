package dev.paddock.adapters.http.gateway.accesscontrol;

import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A rate limit for each client: a token bucket. When there are too many clients, the least recently used bucket is dropped. Thread-safe;
 * it never blocks except for another look-up.
 */
final class ClientRateLimiter {

    private static final int GROUPS_OF_NETWORK = 4;

    private final AccessSettings.RateLimit rate;
    private final TimeMeter clock;
    private final Lock lock = new ReentrantLock();
    private final SequencedMap<String, Bucket> buckets = new LinkedHashMap<>(16, 0.75f, true); // by client; guarded by lock

    ClientRateLimiter(AccessSettings.RateLimit rate, TimeMeter clock) {
        this.rate = rate;
        this.clock = clock;
    }

    /** Returns what the addresses of one client have in common: in IPv6 a household has a network of 64 bits. */
    static String network(String address) {
        if (address.indexOf(':') < 0 || address.contains("::")) {
            return address;
        }
        int end = -1;
        for (int group = 0; group < GROUPS_OF_NETWORK; group++) {
            end = address.indexOf(':', end + 1);
            if (end < 0) {
                return address;
            }
        }
        return address.substring(0, end);
    }

    /** Counts a request of a client and returns how long the client has to wait for it; zero admits it. */
    Duration tryAcquire(String client) {
        ConsumptionProbe probe = bucket(client).tryConsumeAndReturnRemaining(1);
        return probe.isConsumed() ? Duration.ZERO : Duration.ofNanos(Math.max(1, probe.getNanosToWaitForRefill()));
    }

    /** Returns the number of buckets. */
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
            Bucket bucket = buckets.computeIfAbsent(client, newClient -> newBucket());
            if (buckets.size() > rate.clients()) {
                var unused = buckets.pollFirstEntry(); // the least recently used one
            }
            return bucket;
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
}
