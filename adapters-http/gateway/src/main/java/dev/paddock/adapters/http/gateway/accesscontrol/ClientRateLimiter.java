package dev.paddock.adapters.http.gateway.accesscontrol;

import dev.paddock.ports.admission.AdmissionPort;
import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import io.github.bucket4j.TokensInheritanceStrategy;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A rate limit for each client: a token bucket. When there are too many clients, the least recently used bucket is dropped.
 *
 * <p>A limit by capacity is the rate that the model servers can answer, so that a client that they can serve is never refused. While that
 * rate is not known, there is no limit. A client may send at once what may wait in the queue. Thread-safe; it never blocks except for
 * another look-up.
 */
final class ClientRateLimiter {

    private static final int GROUPS_OF_NETWORK = 4;

    private static final double NOTICED_CHANGE = 0.1;

    private final AccessSettings.RateLimit rate;
    private final @Nullable AdmissionPort capacity; // null for a fixed rate
    private final TimeMeter clock;
    private final Lock lock = new ReentrantLock();
    private final SequencedMap<String, ClientBucket> buckets = new LinkedHashMap<>(16, 0.75f, true); // by client; guarded by lock

    ClientRateLimiter(AccessSettings.RateLimit rate, @Nullable AdmissionPort admission, TimeMeter clock) {
        if (rate.isByCapacity() && admission == null) {
            throw new IllegalArgumentException("a rate limit by capacity needs an admission queue");
        }
        this.rate = rate;
        this.capacity = rate.isByCapacity() ? admission : null;
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

    /** Returns whether a request counts: a lookup needs none of the capacity that a limit follows. */
    boolean counts(boolean runsModel) {
        return runsModel || capacity == null;
    }

    /** Counts a request of a client and returns how long the client has to wait for it; zero admits it. */
    Duration tryAcquire(String client) {
        double perSecond = capacity == null ? rate.perSecond() : capacity.callsPerSecond();
        if (Double.isNaN(perSecond)) {
            return Duration.ZERO;
        }
        double bounded = Math.clamp(perSecond, AccessSettings.RateLimit.LEAST, AccessSettings.RateLimit.MOST);
        ConsumptionProbe probe = bucket(client, bounded).tryConsumeAndReturnRemaining(1);
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

    private Bucket bucket(String client, double perSecond) {
        lock.lock();
        try {
            ClientBucket bucket = buckets.computeIfAbsent(client, newClient -> newBucket(perSecond));
            if (Math.abs(perSecond - bucket.perSecond()) > NOTICED_CHANGE * bucket.perSecond()) {
                bucket.bucket().replaceConfiguration(configuration(perSecond), TokensInheritanceStrategy.AS_IS);
                bucket = new ClientBucket(bucket.bucket(), perSecond);
                buckets.put(client, bucket);
            }
            if (buckets.size() > rate.clients()) {
                var unused = buckets.pollFirstEntry(); // the least recently used one
            }
            return bucket.bucket();
        } finally {
            lock.unlock();
        }
    }

    private ClientBucket newBucket(double perSecond) {
        Bucket bucket = Bucket.builder().addLimit(bandwidth(perSecond)).withCustomTimePrecision(clock).build();
        return new ClientBucket(bucket, perSecond);
    }

    private BucketConfiguration configuration(double perSecond) {
        return BucketConfiguration.builder().addLimit(bandwidth(perSecond)).build();
    }

    private Bandwidth bandwidth(double perSecond) {
        int burst = capacity == null ? rate.burst() : Math.max(rate.burst(), capacity.callsOfOneCaller());
        return Bandwidth.builder().capacity(burst).refillGreedy(1, Duration.ofNanos(Math.round(1e9 / perSecond))).build();
    }

    /** A bucket and the rate that it has. */
    private record ClientBucket(Bucket bucket, double perSecond) {}
}
