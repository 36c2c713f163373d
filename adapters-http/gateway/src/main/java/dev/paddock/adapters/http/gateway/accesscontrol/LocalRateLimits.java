package dev.paddock.adapters.http.gateway.accesscontrol;

import static java.util.Objects.requireNonNull;

import dev.paddock.domain.admission.RequestRate;
import dev.paddock.ports.sharedstate.RateLimitPort;
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

/**
 * Counts the requests of callers in this process: a token bucket for each. When there are too many callers, the least recently used bucket
 * is dropped. Thread-safe; it never blocks except for another look-up.
 */
final class LocalRateLimits implements RateLimitPort {

    private static final double NOTICED_CHANGE = 0.1;

    private final int callers;
    private final TimeMeter clock;
    private final Lock lock = new ReentrantLock();
    private final SequencedMap<String, CallerBucket> buckets = new LinkedHashMap<>(16, 0.75f, true); // by caller; guarded by lock

    /** Creates limits for at most the given number of callers. */
    LocalRateLimits(int callers, TimeMeter clock) {
        this.callers = callers;
        this.clock = requireNonNull(clock, "clock");
    }

    @Override
    public Duration tryAcquireAtOnce(String caller, RequestRate rate) {
        return tryAcquire(caller, rate);
    }

    @Override
    public Duration tryAcquire(String caller, RequestRate rate) {
        ConsumptionProbe probe = bucket(caller, rate).tryConsumeAndReturnRemaining(1);
        return probe.isConsumed() ? Duration.ZERO : Duration.ofNanos(Math.max(1, probe.getNanosToWaitForRefill()));
    }

    /** Returns the number of buckets. */
    int callers() {
        lock.lock();
        try {
            return buckets.size();
        } finally {
            lock.unlock();
        }
    }

    private Bucket bucket(String caller, RequestRate rate) {
        lock.lock();
        try {
            CallerBucket bucket = buckets.computeIfAbsent(caller, newCaller -> newBucket(rate));
            double perSecond = bucket.rate().perSecond();
            if (Math.abs(rate.perSecond() - perSecond) > NOTICED_CHANGE * perSecond) {
                bucket.bucket().replaceConfiguration(configuration(rate), TokensInheritanceStrategy.AS_IS);
                bucket = new CallerBucket(bucket.bucket(), rate);
                buckets.put(caller, bucket);
            }
            if (buckets.size() > callers) {
                var unused = buckets.pollFirstEntry(); // the least recently used one
            }
            return bucket.bucket();
        } finally {
            lock.unlock();
        }
    }

    private CallerBucket newBucket(RequestRate rate) {
        return new CallerBucket(Bucket.builder().addLimit(bandwidth(rate)).withCustomTimePrecision(clock).build(), rate);
    }

    private static BucketConfiguration configuration(RequestRate rate) {
        return BucketConfiguration.builder().addLimit(bandwidth(rate)).build();
    }

    private static Bandwidth bandwidth(RequestRate rate) {
        Duration interval = Duration.ofNanos(Math.round(1e9 / rate.perSecond()));
        return Bandwidth.builder().capacity(rate.burst()).refillGreedy(1, interval).build();
    }

    /** A bucket and the rate that it has. */
    private record CallerBucket(Bucket bucket, RequestRate rate) {}
}
